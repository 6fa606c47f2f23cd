/** What turns one text into the other, as `diff -u` prints it; empty where they are the same. */
export function unifiedDiff(name: string, before: string, after: string, context = 3): string {
  if (before === after) return '';
  const steps = lineSteps(linesOf(before), linesOf(after));
  const hunks = hunksOf(steps, context);
  return [`--- ${name}`, `+++ ${name}`, ...hunks.map(print)].join('\n') + '\n';
}

interface Step {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
  /** Zero-based line numbers in either text at which this step stands. */
  readonly before: number;
  readonly after: number;
}

/** Lines with their ends: a missing last line end is a difference like any other. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Myers' shortest edit script; fixes are few and small, so its distance is too. */
function lineSteps(before: readonly string[], after: readonly string[]): Step[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let distance = 0; ; distance++) {
    trace.push(new Map(furthest));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down = goesDown(furthest, diagonal, distance);
      let x = down ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(trace, before, after);
    }
    furthest = new Map(furthest);
  }
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  return (
    diagonal === -distance || (diagonal !== distance && (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1))
  );
}

function walkBack(trace: readonly Map<number, number>[], before: readonly string[], after: readonly string[]): Step[] {
  const steps: Step[] = [];
  let x = before.length;
  let y = after.length;
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = goesDown(furthest, diagonal, distance) ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(previous) ?? 0;
    const fromY = fromX - previous;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x--;
      y--;
      steps.push({ kind: ' ', line: before[x] ?? '', before: x, after: y });
    }
    if (distance === 0) break;
    if (x === fromX) steps.push({ kind: '+', line: after[--y] ?? '', before: x, after: y });
    else steps.push({ kind: '-', line: before[--x] ?? '', before: x, after: y });
  }
  return steps.reverse();
}

function hunksOf(steps: readonly Step[], context: number): Step[][] {
  const hunks: Step[][] = [];
  let end = -1;
  steps.forEach((step, index) => {
    if (step.kind === ' ') return;
    const from = Math.max(index - context, 0);
    if (from > end || hunks.length === 0) hunks.push([]);
    const hunk = hunks.at(-1) ?? [];
    const upTo = Math.min(index + context, steps.length - 1);
    hunk.push(...steps.slice(Math.max(from, end + 1), upTo + 1));
    end = upTo;
  });
  return hunks;
}

function print(hunk: readonly Step[]): string {
  const count = (kind: '-' | '+'): number => hunk.filter((step) => step.kind === ' ' || step.kind === kind).length;
  const range = (start: number, length: number): string =>
    `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
  const first = hunk[0];
  const head = `@@ -${range(first?.before ?? 0, count('-'))} +${range(first?.after ?? 0, count('+'))} @@`;
  const body = hunk.map(({ kind, line }) =>
    line.endsWith('\n') ? `${kind}${line.slice(0, -1)}` : `${kind}${line}\n\\ No newline at end of file`,
  );
  return [head, ...body].join('\n');
}
