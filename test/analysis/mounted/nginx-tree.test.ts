import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directivesNamed, inEffect, parseNginx, type Directive } from '../../../src/analysis/mounted/nginx-tree.ts';
import { fileId, slice } from '../../../src/base/span.ts';

const parse = (text: string): readonly Directive[] => parseNginx({ file: fileId('/w/nginx.conf'), text });
const [name, words] = [(each: Directive) => each.name, (each: Directive) => each.words];

describe('an nginx configuration as a tree', () => {
  it('has blocks in blocks', () => {
    const [events, http] = parse('events { worker_connections 16; }\nhttp {\n  server {\n    listen 80;\n  }\n  gzip on;\n}\n');
    expect(events?.block?.map(words)).toEqual([['16']]);
    expect(http?.block?.map(name)).toEqual(['server', 'gzip']);
  });

  it.each([
    [
      'quotes',
      `log_format main '$remote_addr "$request" {x}; # no comment';`,
      ['main', '$remote_addr "$request" {x}; # no comment'],
    ],
    ['braces of variables', 'set $a ${b}c;', ['$a', '${b}c']],
    ['escapes', String.raw`rewrite ^/a\;b\{2\} /c;`, [String.raw`^/a\;b\{2\}`, '/c']],
    ['a hash within a word', 'return 301 /page#top;', ['301', '/page#top']],
    ['several lines', 'proxy_cache_path /var/cache # where\n  keys_zone=a:1m;', ['/var/cache', 'keys_zone=a:1m']],
    ['an apostrophe within a word', "add_header X it's;", ['X', "it's"]],
  ])('minds %s', (_, text, expected) => {
    expect(parse(text).map(words)).toEqual([expected]);
  });

  it('knows where each directive stands', () => {
    const text = 'http {\n  # proxy_cache no;\n  proxy_cache app;\n}\n';
    const [found] = [...directivesNamed(parse(text), /^proxy_cache$/)];
    expect(found === undefined ? '' : slice(text, found.directive.span)).toBe('proxy_cache app;');
    expect(found?.around.map(name)).toEqual(['http']);
  });

  it('lets the innermost block decide', () => {
    const [server] = parse('server { proxy_cache a; location / { proxy_cache off; } location /b { expires 1d; } }');
    const locations = server?.block?.filter(({ block }) => block !== undefined) ?? [];
    const decided = locations.map((location) =>
      inEffect('proxy_cache', server === undefined ? [] : [server, location]).map(words),
    );
    expect(decided).toEqual([[['off']], [['a']]]);
  });

  it('reads anything without failing, every span inside the text', () => {
    const pieces = fc.constantFrom('{', '}', ';', '"', "'", '#', '\\', '\n', ' ', '$', '${', 'a', 'location', 'é');
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          for (const { directive } of directivesNamed(parse(text), /^/)) {
            expect(directive.span.start).toBeLessThan(directive.span.end);
            expect(directive.span.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });
});
