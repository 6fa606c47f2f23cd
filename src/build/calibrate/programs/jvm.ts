import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../../test/lab/run.ts';
import { answersOn, get, httpLoad } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly flags: readonly string[];
  readonly liveMib: number;
  readonly threads?: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'xmx64-serial', flags: ['-Xmx64m', '-XX:+UseSerialGC'], liveMib: 40, search: true },
  { id: 'xmx128-serial', flags: ['-Xmx128m', '-XX:+UseSerialGC'], liveMib: 85, search: true },
  { id: 'xmx256-serial', flags: ['-Xmx256m', '-XX:+UseSerialGC'], liveMib: 180, search: true },
  { id: 'xmx256-g1', flags: ['-Xmx256m', '-XX:+UseG1GC'], liveMib: 150, search: true },
  { id: 'xmx128-serial-threads200', flags: ['-Xmx128m', '-XX:+UseSerialGC'], liveMib: 60, threads: 200, search: true },
  { id: 'xmx512-serial', flags: ['-Xmx512m', '-XX:+UseSerialGC'], liveMib: 380, search: true },
  { id: 'xmx32-serial', flags: ['-Xmx32m', '-XX:+UseSerialGC'], liveMib: 16 },
  { id: 'xmx128-serial-little', flags: ['-Xmx128m', '-XX:+UseSerialGC'], liveMib: 5, search: true },
];

const APP = `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.*;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.*;

public class App {
  record Reading(int id, String name, double value, List<Integer> history) {}
  static final List<Reading> live = Collections.synchronizedList(new ArrayList<>());
  static Reading reading(int n) { return new Reading(n, "sensor-" + n, n * 1.5, List.of(n, n + 1, n + 2)); }

  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 1024);
    server.setExecutor(Executors.newFixedThreadPool(Integer.parseInt(args[0])));
    server.createContext("/", exchange -> {
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      int n = query.isEmpty() ? 0 : Integer.parseInt(query);
      String path = exchange.getRequestURI().getPath();
      String answer = "ok";
      // Some 240 bytes a reading, strings and boxed numbers included.
      if (path.equals("/live")) for (int k = 0; k < n * 4369; k++) live.add(reading(k + 1000));
      if (path.equals("/work")) {
        String text = IntStream.range(n, n + 200).mapToObj(k -> reading(k).toString()).collect(Collectors.joining(";"));
        Map<String, Integer> counted = new TreeMap<>();
        for (String word : Pattern.compile("[^a-z0-9-]+").split(text)) counted.merge(word, 1, Integer::sum);
        if (!live.isEmpty()) live.set(n % live.size(), reading(n + 1000));
        answer = counted.keySet().stream().limit(50).collect(Collectors.joining(","));
      }
      byte[] bytes = answer.getBytes();
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
  }
}
`;

const HOME = '/usr/lib/jvm/java-17-openjdk-amd64';

export const jvm: Program = {
  id: 'jvm',
  packages: ['openjdk-17-jre-headless', 'openjdk-17-jdk-headless'],
  version: [`${HOME}/bin/java`, '-version'],
  image: {
    name: 'calibrate-jvm',
    programs: [`${HOME}/bin/java`],
    paths: [`${HOME}/lib`, `${HOME}/conf`],
    leaveOut: [`${HOME}/lib/src.zip`, `${HOME}/lib/ct.sym`, `${HOME}/man`, `${HOME}/jmods`],
    folders: [{ path: '/app' }],
    env: { PATH: `${HOME}/bin:/usr/bin` },
    prepare: { version: APP, fill: compile },
  },
  configurations: VARIANTS.map(configuration),
};

async function compile(root: string): Promise<void> {
  writeFileSync(join(root, 'app/App.java'), APP);
  await run('javac', ['-d', join(root, 'app'), join(root, 'app/App.java')]);
}

function configuration({ id, flags, liveMib, threads = 10, search }: Variant): Configuration {
  return {
    id,
    settings: { flags: flags.join(' '), liveMib, threads },
    service: { image: 'eclipse-temurin:17-jre', command: ['java', ...flags, '-cp', '/app', 'App', String(threads)] },
    describes: `${String(liveMib)} MiB of small live objects, then 1500 requests of garbage over 50 connections on ${String(threads)} threads`,
    search: search === true,
    ready: (target) => answersOn(target, 8080),
    load: async (target) => {
      for (let step = 0; step < 10; step++) await get(target, 8080, `/live?${String(Math.round(liveMib / 10))}`);
      await httpLoad(target, {
        port: 8080,
        path: (n) => `/work?${String(n)}`,
        requests: 5000,
        connections: Math.max(50, threads),
      });
    },
  };
}
