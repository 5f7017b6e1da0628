// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface NatReport {
    mapping: number;
    reachable: boolean;
    number: number;
}
export declare namespace NatReport {
    function encode(obj: Partial<NatReport>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<NatReport>): NatReport;
}
