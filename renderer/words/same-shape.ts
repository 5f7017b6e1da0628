// biome-ignore lint/suspicious/noExplicitAny: stands for every function, whose own type is kept as it is
type AnyFunction = (...input: any[]) => unknown

/**
 * The type of sentences in another language: the same names and functions, with any words. A missing or an additional
 * sentence does not compile.
 */
export type SameShape<Said> = Said extends string
  ? string
  : Said extends AnyFunction
    ? Said
    : { readonly [Name in keyof Said]: SameShape<Said[Name]> }
