/** Version that this code writes. Minor versions only add, a new major breaks: rules P40 to P45 of docs/protocol.md. */
export const PROTOCOL_MAJOR = 1;
export const PROTOCOL_MINOR = 5;
