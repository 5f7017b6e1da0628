// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface SignedEntry {
    entry: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedEntry {
    function encode(obj: Partial<SignedEntry>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedEntry>): SignedEntry;
}
export interface Entry {
    conversation: Uint8Array;
    author: Uint8Array;
    instance: Uint8Array;
    seq: number;
    previous: Uint8Array;
    lamport: number;
    writtenAt: number;
    salt: Uint8Array;
    kind: number;
    body: Uint8Array;
}
export declare namespace Entry {
    function encode(obj: Partial<Entry>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Entry>): Entry;
}
export interface TextBody {
    text: Uint8Array;
    inReplyTo?: Uint8Array;
}
export declare namespace TextBody {
    function encode(obj: Partial<TextBody>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<TextBody>): TextBody;
}
export interface ReactionBody {
    target: Uint8Array;
    emoji: Uint8Array;
    isOn: boolean;
}
export declare namespace ReactionBody {
    function encode(obj: Partial<ReactionBody>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReactionBody>): ReactionBody;
}
export interface EditBody {
    target: Uint8Array;
    text: Uint8Array;
}
export declare namespace EditBody {
    function encode(obj: Partial<EditBody>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<EditBody>): EditBody;
}
export interface DeleteBody {
    target: Uint8Array;
}
export declare namespace DeleteBody {
    function encode(obj: Partial<DeleteBody>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DeleteBody>): DeleteBody;
}
export interface ProfileBody {
    name: Uint8Array;
}
export declare namespace ProfileBody {
    function encode(obj: Partial<ProfileBody>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ProfileBody>): ProfileBody;
}
