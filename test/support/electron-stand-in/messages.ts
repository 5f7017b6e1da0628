// Between the preload's world and the main process, each as one text (clone.ts).

/** What the preload's side tells the main side. */
export type FromPage =
  | { readonly is: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly is: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly is: 'input'; readonly type: string }
  | { readonly is: 'context-menu'; readonly params: Readonly<Record<string, unknown>> }
  | { readonly is: 'preload-error'; readonly message: string; readonly stack: string }
  | {
      readonly is: 'permission'
      readonly id: number
      readonly permission: string
      readonly details: Readonly<Record<string, unknown>>
    }

/** What the main side tells the preload's. */
export type ToPage =
  | { readonly is: 'event'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly is: 'reply'; readonly id: number; readonly result?: unknown; readonly error?: string }
