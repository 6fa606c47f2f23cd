import { describe, expect, it } from 'vitest';
import { outcomeOf } from './vitest-project.ts';

const test = (status: string, fullName = 'a test'): { status: string; fullName: string } => ({ status, fullName });

describe('counting what vitest reports', () => {
  it('counts tests by their status and keeps the names of those left out', () => {
    const results = [
      { name: 'a', status: 'passed', assertionResults: [test('passed'), test('skipped', ' x'), test('todo', 'y')] },
    ];
    expect(outcomeOf({ testResults: results })).toEqual({ passed: 1, failed: 0, skipped: ['x', 'y'] });
  });

  it('counts a file that could not even be loaded as one failure', () => {
    const broken = { name: 'a', status: 'failed', assertionResults: [] };
    expect(outcomeOf({ testResults: [broken] })).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  it('counts a file with failed tests by its tests alone', () => {
    const file = { name: 'a', status: 'failed', assertionResults: [test('failed'), test('failed'), test('passed')] };
    expect(outcomeOf({ testResults: [file] })).toEqual({ passed: 1, failed: 2, skipped: [] });
  });
});
