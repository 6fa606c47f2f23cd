import type { Value } from './model.ts';
import { print, type PrintScope } from './print.ts';
import { mayFail, type Shape } from './shape.ts';
import { isNull, List, Mapping, Scalar } from './value.ts';

/**
 * Finds what printing would choke on, without making the print: at a thousand services that is most of the cost.
 * Plain text needs no look, and most values are that.
 */
export function verify(value: Value, shape: Shape, scope: PrintScope): void {
  if (value instanceof Scalar) {
    if (shape.prints === 'string' ? value.type !== 'string' : !isNull(value)) print(value, shape, scope);
  } else if (value instanceof Mapping && (shape.prints === 'object' || shape.prints === 'objects'))
    verifyMap(value, shape, scope);
  else if (value instanceof List && shape.prints === 'list') verifyList(value, shape, scope);
  else print(value, shape, scope);
}

function verifyMap(value: Mapping, shape: Shape, scope: PrintScope): void {
  if (shape.map === undefined) return;
  const { keys, others } = shape.map;
  for (const [key, entry] of value.entries) {
    const child = keys.get(key) ?? others?.shape;
    if (child === undefined || !mayFail(child)) continue;
    scope.path.push(key);
    verify(entry.value, child, scope);
    scope.path.pop();
  }
}

function verifyList(value: List, shape: Shape, scope: PrintScope): void {
  const items = shape.list?.items;
  if (items === undefined || !mayFail(items)) return;
  for (const [index, item] of value.items.entries()) {
    scope.path.push(String(index));
    verify(item, items, scope);
    scope.path.pop();
  }
}
