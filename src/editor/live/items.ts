import type { Row } from './rows.ts';

/** A row with an identity that outlives samples: VS Code keeps what is open and selected by it. */
export class Item {
  row: Row;
  children: Item[] = [];

  constructor(row: Row) {
    this.row = row;
  }
}

/** The rows as VS Code last saw them, and which of them look different now. */
export class Items {
  roots: Item[] = [];

  /** The items to be drawn again, parents without their children; undefined when the roots are others. */
  update(rows: readonly Row[]): readonly Item[] | undefined {
    const changed: Item[] = [];
    const others = !sameIds(this.roots, rows);
    this.roots = renew(this.roots, rows, changed);
    return others ? undefined : changed;
  }
}

function renew(items: readonly Item[], rows: readonly Row[], changed: Item[]): Item[] {
  const known = new Map(items.map((item) => [item.row.id, item]));
  return rows.map((row) => {
    const item = known.get(row.id);
    if (item === undefined) {
      const fresh = new Item(row);
      fresh.children = renew([], row.children, []);
      return fresh;
    }
    const below: Item[] = [];
    const differs = looksDifferent(item.row, row) || !sameIds(item.children, row.children);
    item.row = row;
    item.children = renew(item.children, row.children, below);
    // Drawing a row again draws what is below it too.
    changed.push(...(differs ? [item] : below));
    return item;
  });
}

function sameIds(items: readonly Item[], rows: readonly Row[]): boolean {
  return items.length === rows.length && items.every(({ row }, index) => row.id === rows[index]?.id);
}

function looksDifferent(one: Row, other: Row): boolean {
  return (['label', 'description', 'icon', 'color', 'context'] as const).some((part) => one[part] !== other[part]);
}
