// Limits of protocol 1.x, checked by writer and reader alike: rule P30 of docs/protocol.md. Lengths of text are in
// bytes of UTF-8. Counts of commands and entities are in messages.ts.

import { Button } from "./messages.ts";

/** Largest packet, header included. Above it nothing is read at all. */
export const MAX_PACKET_BYTES = 65_536;

/** `Hello.playerName`: so wide that a name that is too long still reaches the server, which can say so. */
export const MAX_HELLO_NAME_BYTES = 40_960;
export const MAX_CLIENT_BUILD_BYTES = 256;
export const MAX_WORLD_HASH_BYTES = 64;
export const MAX_REJECT_DETAIL_BYTES = 1_024;
/** `Reject.detail` in UTF-16 units: a writer cuts here, so that a text with user input in it never fails. */
export const MAX_REJECT_DETAIL_LENGTH = 200;
/** A name in `Presence`: 24 code points of at most 4 bytes. */
export const MAX_PRESENCE_NAME_BYTES = 96;
/** Entries of one `Presence`; the server splits longer lists. */
export const MAX_PRESENCE_JOINED = 256;
export const MAX_PRESENCE_LEFT = 1_024;

/** Names in `Hello.capabilities` and `HelloAck.capabilities`. */
export const MAX_CAPABILITIES = 32;
export const MAX_CAPABILITY_BYTES = 64;
export const CAPABILITY_PATTERN = /^[a-z][a-z0-9_]{0,63}$/;

/** `Hello.platform`: it is matched against lists of operators. */
export const PLATFORM_PATTERN = /^[a-z0-9_]{0,16}$/;
export const MAX_PLATFORM_BYTES = 16;

/** Zone names are also file names: nothing else gets past the decoder. */
export const ZONE_NAME_PATTERN = /^[a-z][a-z0-9_-]{0,31}$/;
export const TRACE_ID_PATTERN = /^[0-9a-f]{16}$/;

export const MAX_UINT8 = 0xff;
export const MAX_UINT16 = 0xffff;
export const MAX_UINT32 = 0xffff_ffff;
/** Positions, 1/1024 m: 16 km either way. Up to 2^24 every step is exact in the engine's 32-bit floats. */
export const MAX_POSITION_STEPS = 1 << 24;
/** Velocities, 1/256 m/s: 512 m/s. */
export const MAX_VELOCITY_STEPS = 1 << 17;
export const MAX_MOVE = 127;
/** A quarter of a turn. */
export const MAX_PITCH = 16_384;
/** Buttons of version 1.4. A reader clears the others. */
export const KNOWN_BUTTONS = Button.jump | Button.sprint | Button.dash;
/** Bit of `Input.flags`. */
export const INPUT_KEYFRAME_NEEDED = 1;
/** Bit of `ActionResult.flags` and `ActionEvent.flags`. */
export const ACTION_FAVOURED_TARGET = 1;
/** Bit of `OwnState.state_bits`: stands on the ground. */
export const OWN_STATE_GROUNDED = 1;
