import type { MemorySettings, Tmpfs, Value } from './model.ts';
import { booleanAt, numberOf, sizeFrom, sizeOf, textOf } from './read.ts';
import { asList, asMapping, locate, type Mapping, Scalar } from './value.ts';

export function readMemory(tree: Mapping): MemorySettings {
  const resources = asMapping(asMapping(tree.get('deploy'))?.get('resources'));
  return {
    limit: sizeOf(tree, 'mem_limit'),
    reservation: sizeOf(tree, 'mem_reservation'),
    swapLimit: sizeOf(tree, 'memswap_limit'),
    swappiness: numberOf(tree, 'mem_swappiness'),
    shm: sizeOf(tree, 'shm_size'),
    tmpfs: [...shortTmpfs(tree.get('tmpfs')), ...mountedTmpfs(tree.get('volumes'))],
    oomKillDisable: booleanAt(tree, 'oom_kill_disable'),
    oomScoreAdj: numberOf(tree, 'oom_score_adj'),
    deployLimit: sizeOf(asMapping(resources?.get('limits')), 'memory'),
    deployReservation: sizeOf(asMapping(resources?.get('reservations')), 'memory'),
    deployLimits: resources?.entries.get('limits'),
    deployReservations: resources?.entries.get('reservations'),
    ulimits: tree.entries.get('ulimits'),
  };
}

/** `/run:size=64m,mode=1777`. */
function shortTmpfs(value: Value | undefined): readonly Tmpfs[] {
  const items = value instanceof Scalar ? [value] : (asList(value)?.items ?? []);
  return items.flatMap((item): Tmpfs[] => {
    if (!(item instanceof Scalar) || item.text === '') return [];
    const cut = item.text.indexOf(':');
    const end = cut < 0 ? item.text.length : cut;
    const match = /[:,]size=([^,]*)/.exec(item.text);
    const from = match === null ? 0 : match.index + match[0].length - (match[1] ?? '').length;
    const size = match === null ? undefined : item.part(from, match.index + match[0].length);
    return [
      {
        target: item.part(0, end).located,
        size: size === undefined ? undefined : locate(size, size.known ? sizeFrom(size) : undefined),
      },
    ];
  });
}

function mountedTmpfs(value: Value | undefined): readonly Tmpfs[] {
  return (asList(value)?.items ?? []).flatMap((item): Tmpfs[] => {
    const map = asMapping(item);
    const target = textOf(map, 'target');
    if (textOf(map, 'type')?.text !== 'tmpfs' || target === undefined) return [];
    return [{ target, size: sizeOf(asMapping(map?.get('tmpfs')), 'size') }];
  });
}
