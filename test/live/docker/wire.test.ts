import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, mebibytes } from '../../../src/base/bytes.ts';
import { readContainer, readDetails } from '../../../src/live/docker/containers.ts';
import { readEvent, readInfo, readMemory, readVersion } from '../../../src/live/docker/daemon.ts';
import { FrameReader } from '../../../src/live/docker/frames.ts';
import { explainTraces } from '../../../src/live/docker/route.ts';
import { readTraces } from '../../../src/live/docker/socket.ts';
import { LineSplitter } from '../../../src/live/host/lines.ts';

describe('an answer of the engine', () => {
  it('may be anything without doing harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const read of [readContainer, readDetails, readInfo, readVersion, readMemory])
          expect(() => read(value)).not.toThrow();
        expect(() => readEvent(JSON.stringify(value))).not.toThrow();
      }),
    );
  });

  it('without a limit has none, rather than zero', () => {
    const details = readDetails({
      Id: 'abc',
      HostConfig: { Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: null },
      State: { Pid: 0 },
    });
    expect(details?.limits).toEqual({ oomKillDisabled: false });
    expect(details?.pid).toBeUndefined();
  });

  it('about an unlimited swap keeps the minus one', () => {
    expect(readDetails({ Id: 'abc', HostConfig: { Memory: 67108864, MemorySwap: -1 } })?.limits).toMatchObject({
      memory: mebibytes(64),
      memorySwap: -1,
    });
  });

  it('with Go’s zero time means never', () => {
    const details = readDetails({ Id: 'a', State: { StartedAt: '2024-05-01T10:00:00.5Z', FinishedAt: '0001-01-01T00:00:00Z' } });
    expect(details?.startedAt).toBe(Date.UTC(2024, 4, 1, 10, 0, 0, 500));
    expect(details?.finishedAt).toBeUndefined();
  });

  it('with the memory cgroup off has no usage and no limit, and says nothing of zero', () => {
    expect(readMemory({ memory_stats: { stats: { active_anon: 0 } } })).toEqual({
      version: 2,
      stat: new Map([['active_anon', 0]]),
    });
  });

  it('of version 1 has a peak', () => {
    expect(
      readMemory({ memory_stats: { usage: 100, max_usage: 200, limit: 300, stats: { total_inactive_file: 10 } } }),
    ).toMatchObject({
      version: 1,
      usage: bytes(100),
      peak: bytes(200),
      limit: bytes(300),
    });
  });

  it('about events splits the action from its detail, and reads Podman’s and old engines’ shapes', () => {
    const line =
      '{"Type":"container","Action":"health_status: healthy","Actor":{"ID":"abc","Attributes":{"name":"db"}},"timeNano":1700000000500000000}';
    expect(readEvent(line)).toMatchObject({
      kind: 'container',
      action: 'health_status',
      detail: 'healthy',
      id: 'abc',
      timeSeconds: 1700000000.5,
    });
    expect(readEvent('{"status":"oom","id":"abc","Type":"container","time":1700000000}')).toMatchObject({
      action: 'oom',
      id: 'abc',
      timeSeconds: 1700000000,
    });
    expect(readEvent('half a li')).toBeUndefined();
  });

  it('names Podman by its components', () => {
    expect(readVersion({ Version: '4.3.1', ApiVersion: '1.41', Components: [{ Name: 'Podman Engine' }] })).toMatchObject({
      product: 'podman',
    });
  });

  it('of an old engine that names a driver and no version is cgroup v1', () => {
    expect(readInfo({ CgroupDriver: 'cgroupfs' })).toMatchObject({ cgroupVersion: 1, rootless: false });
    expect(readInfo({ CgroupVersion: '2', CgroupDriver: 'systemd', SecurityOptions: ['name=rootless'] })).toMatchObject({
      cgroupVersion: 2,
      rootless: true,
    });
  });
});

describe('frames and lines', () => {
  it('come out whole however the network cuts them', () => {
    const frame = (stream: number, text: string): Buffer => {
      const body = Buffer.from(text);
      const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
      head.writeUInt32BE(body.length, 4);
      return Buffer.concat([head, body]);
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: 'grapheme' }))),
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        (parts, cuts) => {
          const whole = Buffer.concat(parts.map(([stream, text]) => frame(stream, text)));
          const got = { stdout: '', stderr: '' };
          const bytesOf: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
          const reader = new FrameReader((from, data) => bytesOf[from].push(data));
          for (let at = 0; at < whole.length;) {
            const size = Number(cuts.next().value);
            expect(reader.add(whole.subarray(at, at + size))).toBe(true);
            at += size;
          }
          got.stdout = Buffer.concat(bytesOf.stdout).toString();
          got.stderr = Buffer.concat(bytesOf.stderr).toString();
          const expected = (wanted: number): string =>
            parts.flatMap(([stream, text]) => (stream === wanted ? [text] : [])).join('');
          expect(got).toEqual({ stdout: expected(1), stderr: expected(2) });
        },
      ),
    );
  });

  it('that make no sense are refused', () => {
    expect(new FrameReader(() => undefined).add(Buffer.from('HTTP/1.1 nonsense'))).toBe(false);
  });

  it('are the same lines whatever the cuts, in whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const splitter = new LineSplitter(1000);
        const data = Buffer.from(text);
        const lines: string[] = [];
        for (let at = 0; at < data.length; at += size) lines.push(...(splitter.add(data.subarray(at, at + size)) ?? []));
        lines.push(...splitter.end());
        expect(lines.join('\n')).toBe(text.replace(/\n$/, ''));
      }),
    );
  });
});

describe('why an engine can’t be reached', () => {
  const why = (stdout: string): string => {
    const traces = readTraces(stdout);
    return traces.ok ? explainTraces(traces.value, 'pi').kind : 'unreadable';
  };

  it('is told apart by what the host shows', () => {
    expect(why('user pi\ngroups pi adm\nprogram docker\nsocket no /var/run/docker.sock\n')).toBe('dockerDenied');
    expect(why('user pi\ngroups pi\nprogram docker\n')).toBe('dockerStopped');
    expect(why('user pi\ngroups pi\nprogram podman\n')).toBe('dockerStopped');
    expect(why('user pi\ngroups pi\n')).toBe('dockerMissing');
    expect(why('This account is currently not available.\n')).toBe('unreadable');
  });

  it('knows a login that is older than its group', () => {
    const traces = readTraces('user pi\ngroups pi\nlisted yes\nsocket no /run/docker.sock\n');
    expect(traces.ok && explainTraces(traces.value, 'pi')).toMatchObject({ kind: 'dockerDenied', inGroup: true });
  });
});
