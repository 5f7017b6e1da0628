// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface DialMessage {
    dialRequest?: DialRequest;
    dialResponse?: DialResponse;
    dialDataRequest?: DialDataRequest;
    dialDataResponse?: DialDataResponse;
}
export declare namespace DialMessage {
    function encode(obj: Partial<DialMessage>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialMessage>): DialMessage;
}
export interface DialRequest {
    addrs: Uint8Array[];
    nonce: bigint;
}
export declare namespace DialRequest {
    function encode(obj: Partial<DialRequest>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialRequest>): DialRequest;
}
export interface DialDataRequest {
    addrIdx: number;
    numBytes: number;
}
export declare namespace DialDataRequest {
    function encode(obj: Partial<DialDataRequest>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialDataRequest>): DialDataRequest;
}
export interface DialResponse {
    status: number;
    addrIdx: number;
    dialStatus: number;
}
export declare namespace DialResponse {
    function encode(obj: Partial<DialResponse>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialResponse>): DialResponse;
}
export interface DialDataResponse {
    data: Uint8Array;
}
export declare namespace DialDataResponse {
    function encode(obj: Partial<DialDataResponse>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialDataResponse>): DialDataResponse;
}
export interface DialBack {
    nonce: bigint;
}
export declare namespace DialBack {
    function encode(obj: Partial<DialBack>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialBack>): DialBack;
}
export interface DialBackResponse {
    status: number;
}
export declare namespace DialBackResponse {
    function encode(obj: Partial<DialBackResponse>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DialBackResponse>): DialBackResponse;
}
