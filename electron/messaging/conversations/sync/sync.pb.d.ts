// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface SyncFrame {
    hello?: Hello;
    vector?: Vector;
    entries?: Entries;
    refusal?: Refusal;
    want?: Want;
    typing?: Typing;
    done?: Done;
}
export declare namespace SyncFrame {
    function encode(obj: Partial<SyncFrame>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SyncFrame>): SyncFrame;
}
export interface Hello {
    turn: number;
}
export declare namespace Hello {
    function encode(obj: Partial<Hello>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Hello>): Hello;
}
export interface Log {
    conversation: Uint8Array;
    author: Uint8Array;
    instance: Uint8Array;
}
export declare namespace Log {
    function encode(obj: Partial<Log>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Log>): Log;
}
export interface Row {
    log?: Log;
    seq: number;
    head: Uint8Array;
    read: number;
}
export declare namespace Row {
    function encode(obj: Partial<Row>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Row>): Row;
}
export interface Vector {
    rows: Row[];
    isComplete: boolean;
    isRewind: boolean;
}
export declare namespace Vector {
    function encode(obj: Partial<Vector>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Vector>): Vector;
}
export interface Entries {
    log?: Log;
    entries: Signed[];
}
export declare namespace Entries {
    function encode(obj: Partial<Entries>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Entries>): Entries;
}
export interface Signed {
    entry: Uint8Array;
    signature: Uint8Array;
}
export declare namespace Signed {
    function encode(obj: Partial<Signed>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Signed>): Signed;
}
export interface Refusal {
    log?: Log;
    seq: number;
    reason: string;
}
export declare namespace Refusal {
    function encode(obj: Partial<Refusal>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Refusal>): Refusal;
}
export interface Want {
    log?: Log;
    head: Uint8Array;
    known: Uint8Array[];
}
export declare namespace Want {
    function encode(obj: Partial<Want>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Want>): Want;
}
export interface Typing {
    conversation: Uint8Array;
}
export declare namespace Typing {
    function encode(obj: Partial<Typing>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Typing>): Typing;
}
export interface Done {
}
export declare namespace Done {
    function encode(obj: Partial<Done>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Done>): Done;
}
