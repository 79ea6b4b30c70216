// Numbers of the rules. Both sides must agree on every one of them: a change changes the golden hash of the tests.

/** Simulation ticks per second; every rule of this room advances by exactly one tick. */
export const TICK_RATE_HZ = 60;
export const TICK_SECONDS = 1 / TICK_RATE_HZ;
export const SNAPSHOT_RATE_HZ = 20;
/** Input packets per second; each carries the commands of two ticks and some redundancy. */
export const INPUT_RATE_HZ = 30;

/** Edge of a zone's square. */
export const ZONE_SIZE_METERS = 512;
/** Samples along a side of a heightfield: 4 per metre. */
export const MAX_SAMPLES_PER_SIDE = 2049;
/** Pairs of a box and a 4 m cell that it covers: 16 MiB of them. far more than 100,000 crates need. */
export const MAX_BOX_GRID_ENTRIES = 4_194_304;
/** Depth of the strip along a border in which the neighbour zone holds a replica of an entity. */
export const AURA_METERS = 128;

export const POSITION_STEPS_PER_METER = 1024;
export const VELOCITY_STEPS_PER_METER = 256;
/** Yaw values in a full turn. */
export const YAW_STEPS_PER_TURN = 65536;

/** Largest value of a move axis of an input command. */
export const MOVE_AXIS_MAX = 127;
/** Largest pitch of an input command: straight up; its negative is straight down. */
export const PITCH_MAX = 16384;

/** The character is an upright capsule; its position is the lowest point. */
export const CAPSULE_RADIUS_METERS = 0.35;
export const CAPSULE_HEIGHT_METERS = 1.8;

export const WALK_SPEED = 4.5;
export const SPRINT_SPEED = 7.5;
/** Metres per second that speed grows in a second towards the wish: full walking speed after 0.1 s. */
export const GROUND_ACCELERATION = 45;
/** The same without a wish: friction. */
export const GROUND_FRICTION = 40;
/** Steering in the air is weak; without a wish nothing slows the flight down. */
export const AIR_ACCELERATION = 12;
/** No horizontal speed is above this one, whatever slope the character slides down. */
export const MAX_HORIZONTAL_SPEED = 12;

/** Of a dash, along the view: as fast as anybody gets. */
export const DASH_SPEED = MAX_HORIZONTAL_SPEED;
/** Upwards, at its start: it lands 0.35 s and 4 m later on level ground. */
export const DASH_RISE_SPEED = 3.5;

/** Twice the earth's: jumps feel heavy on the real value. */
export const GRAVITY = 20;
export const TERMINAL_SPEED = 50;
/** Reaches v²/2g - v/120 = 1.17 m, which is what a tick-wise fall leaves of 1.225 m. */
export const JUMP_SPEED = 7;
/** A jump is still taken so many ticks after the feet left the ground. */
export const COYOTE_TICKS = 6;
/** Ticks from one jump to the next. More than COYOTE_TICKS: no second jump in the grace of the first. */
export const JUMP_COOLDOWN_TICKS = 18;

export const STEP_HEIGHT_METERS = 0.4;
/** Feet stay on ground that falls away by no more than this in one tick. */
export const SNAP_DOWN_METERS = 0.4;
/** Square of the steepest walkable rise per run: 1 is 45 degrees. */
export const WALKABLE_GRADIENT_SQUARED = 1;

/** Capsule axes keep this distance from the zone's edge. */
export const BORDER_MARGIN_METERS = 0.35;
/** Of every zone, metres: ground below it is under water. */
export const SEA_LEVEL_METERS = 0;
/** A character this far below the zone's lowest ground is put back to a spawn. */
export const KILL_DEPTH_METERS = 20;
