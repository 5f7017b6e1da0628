// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface SignedInvite {
    version: number;
    invite: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedInvite {
    function encode(obj: Partial<SignedInvite>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedInvite>): SignedInvite;
}
export interface Invite {
    owner: Uint8Array;
    name: string;
    createdAt: number;
    addresses: Uint8Array[];
    token: Uint8Array;
}
export declare namespace Invite {
    function encode(obj: Partial<Invite>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Invite>): Invite;
}
