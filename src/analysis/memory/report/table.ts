/** Columns as wide as their widest cell; the first is left-aligned, as are those named. */
export function alignedTable(rows: readonly (readonly string[])[], left: readonly number[] = [0]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

export function markdownTable(rows: readonly (readonly string[])[], left: readonly number[] = [0]): readonly string[] {
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const rule = head.map((_, column) => (left.includes(column) ? ':--' : '--:'));
  return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`);
}
