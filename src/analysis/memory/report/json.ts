import type { Bytes } from '../../../base/bytes.ts';
import type { BudgetPart } from '../budget.ts';
import type { StackFit } from '../fit/fit.ts';
import type { ServiceMemory } from '../stack-memory.ts';
import { originText, type BudgetReport } from './report.ts';

/** For scripts: always English, sizes in bytes. The shape is documented and doesn't change within version 1. */
export function asJson(report: BudgetReport): unknown {
  const { chosen } = report;
  return {
    version: 1,
    board: chosen?.board.id ?? null,
    budget:
      chosen === undefined
        ? null
        : { total: chosen.budget.total, available: chosen.budget.available, parts: chosen.budget.parts.map(part) },
    services: report.services.map((each) => service(each, report)),
    verdict: chosen?.verdict ?? null,
    need: need(report.services),
    agents: report.agents.map((row) => ({
      board: row.board.id,
      count: row.count,
      verdict: row.verdict,
      need: row.need,
      budget: row.budget.available,
    })),
    fit: report.fit === undefined ? null : fit(report.fit),
  };
}

function fit(found: StackFit): unknown {
  if (!found.fits) return { fits: false, least: found.least, unknown: found.unknown };
  return {
    fits: true,
    gaveUp: found.gaveUp,
    services: found.services.map(({ memory, limit, changes, gaveUp }) => ({
      name: memory.service.name,
      limit,
      gaveUp,
      changes: changes.map(({ setting, before, after }) => ({ setting, before, after })),
    })),
  };
}

function part({ label, size, from }: BudgetPart): unknown {
  return { label, size, from };
}

function service(memory: ServiceMemory, report: BudgetReport): unknown {
  const { estimate } = memory;
  return {
    name: memory.service.name,
    runtime: memory.runtime ?? null,
    image: memory.service.image?.text ?? null,
    replicas: memory.replicas,
    limit: memory.limit ?? null,
    limitUnknown: memory.limitUnknown,
    estimate: estimate.known ? { floor: estimate.floor, typical: estimate.typical, peak: estimate.peak } : null,
    missing: estimate.known ? null : estimate.missing,
    recommendedLimit: memory.recommendedLimit ?? null,
    regions: (estimate.known ? estimate.regions : []).map((region) => ({
      label: region.label,
      class: region.class,
      typical: region.typical,
      peak: region.peak,
      from: originText(region.from, report.place),
    })),
    confidence: estimate.known ? estimate.confidence : null,
    beyond: estimate.known ? estimate.beyond : [],
  };
}

/** The same whatever the board; with an unknown service it is at least that. */
function need(services: readonly ServiceMemory[]): Bytes {
  return services.reduce((sum, { limit, estimate, replicas }) => {
    return (sum + (limit ?? (estimate.known ? estimate.peak : 0)) * replicas) as Bytes;
  }, 0 as Bytes);
}
