import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../../test/lab/run.ts';
import { answersOn, get, httpLoad } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly liveMib: number;
  readonly memoryLimit?: string;
  readonly gogc?: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'live0', liveMib: 0, search: true },
  { id: 'live50', liveMib: 50, search: true },
  { id: 'live50-gomemlimit80', liveMib: 50, memoryLimit: '80MiB', search: true },
  { id: 'live50-gogc50', liveMib: 50, gogc: 50, search: true },
  { id: 'live150', liveMib: 150 },
];

const APP = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
)

type reading struct {
	Id     int
	Name   string
	Values []float64
}

var (
	live []*reading
	lock sync.Mutex
)

func make1(n int) *reading {
	return &reading{n, fmt.Sprintf("sensor-%d", n), []float64{float64(n), float64(n) * 1.5}}
}

func main() {
	http.HandleFunc("/live", func(w http.ResponseWriter, r *http.Request) {
		mib, _ := strconv.Atoi(r.URL.Query().Get("mib"))
		lock.Lock()
		defer lock.Unlock()
		// 48 for the struct, 16 each for name and values, 8 for the pointer.
		for n := 0; n < mib*1048576/88; n++ {
			live = append(live, make1(n))
		}
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		var some []*reading
		for k := 0; k < 300; k++ {
			some = append(some, make1(n+k))
		}
		text, _ := json.Marshal(some)
		var again []reading
		json.Unmarshal(text, &again)
		fmt.Fprintln(w, len(again))
	})
	http.ListenAndServe(":8080", nil)
}
`;

export const go: Program = {
  id: 'go',
  packages: ['golang-go'],
  version: ['go', 'version'],
  image: { name: 'calibrate-go', programs: [], prepare: { version: APP, fill: compile } },
  configurations: VARIANTS.map(configuration),
};

async function compile(root: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-go-'));
  try {
    writeFileSync(join(folder, 'app.go'), APP);
    const env = { CGO_ENABLED: '0', GOCACHE: join(folder, 'cache'), GO111MODULE: 'off', GOFLAGS: '-p=1' };
    await run('go', ['build', '-o', join(root, 'usr/bin/app'), 'app.go'], { cwd: folder, env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration({ id, liveMib, memoryLimit, gogc, search }: Variant): Configuration {
  const environment = {
    ...(memoryLimit === undefined ? {} : { GOMEMLIMIT: memoryLimit }),
    ...(gogc === undefined ? {} : { GOGC: String(gogc) }),
  };
  return {
    id,
    settings: { liveMib, GOMEMLIMIT: memoryLimit ?? 'none', GOGC: gogc ?? 100 },
    service: { image: 'example/go-service:1', command: ['app'], environment },
    describes: `${String(liveMib)} MiB of small live objects, then 5000 JSON requests of garbage over 50 connections`,
    search: search === true,
    ready: (target) => answersOn(target, 8080),
    load: async (target) => {
      for (let step = 0; step < 10 && liveMib > 0; step++) await get(target, 8080, `/live?mib=${String(liveMib / 10)}`);
      await httpLoad(target, { port: 8080, path: (n) => `/?n=${String(n)}`, requests: 5000, connections: 50 });
    },
  };
}
