import { fastCgi } from '../loads/fastcgi.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly children: number;
  /** What one request holds at its height. */
  readonly requestMib: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'children5-8mib', children: 5, requestMib: 8, search: true },
  { id: 'children10-8mib', children: 10, requestMib: 8, search: true },
  { id: 'children5-32mib', children: 5, requestMib: 32, search: true },
  { id: 'children5-0mib', children: 5, requestMib: 0, search: true },
];

const PAGE = `<?php
$held = [];
$mib = (int) ($_GET['mib'] ?? 0);
// 416 bytes an element: an array of four with two strings.
while (memory_get_usage() < $mib * 1048576) $held[] = ['id' => count($held), 'name' => 'sensor-' . count($held), 'value' => 1.5, 'text' => str_repeat('x', 20)];
echo strlen(json_encode(array_slice($held, 0, 1000))) + array_sum(array_map('sqrt', range(1, 5000)));
`;

export const phpFpm: Program = {
  id: 'php-fpm',
  packages: ['php8.2-fpm', 'php8.2-opcache'],
  version: ['php-fpm8.2', '--version'],
  image: {
    name: 'calibrate-php-fpm',
    programs: ['php-fpm8.2'],
    // Opcache is the one extension that the official image has loaded too; the rest of Debian's are left out.
    paths: ['/usr/lib/php/20220829/opcache.so'],
    files: {
      '/app/page.php': PAGE,
      '/etc/php/8.2/fpm/php.ini': 'zend_extension=/usr/lib/php/20220829/opcache.so\nmemory_limit=128M\n',
    },
    folders: [{ path: '/run/php' }],
  },
  configurations: VARIANTS.map(configuration),
};

function configuration({ id, children, requestMib, search }: Variant): Configuration {
  const file = '/usr/local/etc/php-fpm.d/www.conf';
  const conf = [
    ...['[global]', 'error_log = /proc/self/fd/2', '[www]', 'user = nobody', 'group = nogroup', 'listen = 9000'],
    ...[
      'pm = dynamic',
      `pm.max_children = ${String(children)}`,
      'pm.start_servers = 2',
      'pm.min_spare_servers = 1',
      'pm.max_spare_servers = 3',
    ],
  ];
  const ask = (target: Target, n: number): Promise<string> =>
    fastCgi(target, '/app/page.php', `mib=${String(requestMib)}&n=${String(n)}`);
  return {
    id,
    settings: { maxChildren: children, requestMib },
    service: {
      image: 'php:8.2-fpm',
      command: ['php-fpm8.2', '--nodaemonize', '--fpm-config', file],
      files: { [file]: `${conf.join('\n')}\n` },
    },
    describes: `500 requests that each hold ${String(requestMib)} MiB, twice as many at a time as there are children`,
    search: search === true,
    ready: async (target) => (await fastCgi(target, '/app/page.php', '')).length > 0,
    load: async (target) => {
      let next = 0;
      const client = async (): Promise<void> => {
        while (next < 500) await ask(target, next++);
      };
      await Promise.all(Array.from({ length: children * 2 }, client));
    },
  };
}
