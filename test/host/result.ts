/** What a run inside VS Code leaves behind as its last act. */
export interface HostResult {
  readonly passed: readonly string[];
  readonly skipped: readonly string[];
  readonly failures: readonly { readonly title: string; readonly error: string }[];
  readonly measured: Readonly<Record<string, number>>;
}
