import { describe, expect, it } from 'vitest';
import { readMeasurements } from './measurements.ts';

describe.each(readMeasurements().map((file) => [file.program, file] as const))('the measurements of %s', (program, file) => {
  it('say what they were taken with', () => {
    expect(file.version).toMatch(/^\d+\.\d+/);
    expect(file.machine).toMatchObject({ architecture: 'x86_64', cgroup: 'v1' });
  });

  it('have names of their own', () => {
    const ids = file.measurements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id.startsWith(`${program}/`)).toBe(true);
  });

  it.each(file.measurements.map((measurement) => [measurement.id, measurement] as const))('add up: %s', (_, measurement) => {
    const { peak, idle, steady, limits } = measurement;
    expect(idle.unreclaimable).toBeGreaterThan(0);
    expect(steady.unreclaimable).toBeLessThanOrEqual(peak.unreclaimable);
    expect(peak.unreclaimable).toBeLessThanOrEqual(peak.anon + peak.shmem + peak.kernel);
    expect(peak.programText).toBeGreaterThan(0);
    if (limits === undefined) return;
    expect(limits.survives).toBeLessThanOrEqual(limits.works);
    expect(limits.trials.find(({ limit }) => limit === limits.works)?.outcome).toBe('worked');
  });
});
