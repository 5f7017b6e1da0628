// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface ContactRequest {
    ask: Uint8Array;
    signature: Uint8Array;
}
export declare namespace ContactRequest {
    function encode(obj: Partial<ContactRequest>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ContactRequest>): ContactRequest;
}
export interface ContactAsk {
    to: Uint8Array;
    name: string;
    note: string;
    addressRecord: Uint8Array;
    token?: Uint8Array;
}
export declare namespace ContactAsk {
    function encode(obj: Partial<ContactAsk>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ContactAsk>): ContactAsk;
}
export declare enum ContactAnswer {
    PENDING = "PENDING",
    ACCEPTED = "ACCEPTED",
    REFUSED = "REFUSED"
}
export interface ContactReply {
    answer: ContactAnswer;
    name: string;
    addressRecord: Uint8Array;
}
export declare namespace ContactReply {
    function encode(obj: Partial<ContactReply>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ContactReply>): ContactReply;
}
