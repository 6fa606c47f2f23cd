import type { NginxFile } from '../../mounted/model.ts';
import { directivesNamed, inEffect, type Directive } from '../../mounted/nginx-tree.ts';
import type { Rule } from '../rule.ts';

export const nginxCacheBeforeAuth: Rule<NginxFile, 'shared' | 'bypass'> = {
  id: 'nginx-cache-before-auth',
  appliesTo: 'nginx',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'A cache with a lifetime of its own in front of an API, where neither the key nor a bypass minds who is asking.',
    why: 'nginx hands cookies and `Authorization` on, but they are no part of the cache’s key. Whoever asks for the same address next gets the answer that was made for somebody else: another user’s bookings, without a login.',
    instead:
      'Pass the cache by for requests that carry a login: `proxy_cache_bypass $http_authorization $http_cookie;` and `proxy_no_cache` with the same. Or cache only what is the same for everybody.',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_bypass'],
    invalid: [
      'http {\n    server {\n        location /api/ {\n            proxy_pass http://backend;\n            proxy_cache app;\n            proxy_cache_valid 200 5m;\n        }\n    }\n}\n',
      'server {\n  proxy_cache app;\n  proxy_cache_valid 5m;\n  location /shop {\n    auth_request /check;\n    proxy_pass http://shop;\n  }\n}\n',
    ],
    valid: [
      'server {\n  location /api/ {\n    proxy_pass http://backend;\n    proxy_cache app;\n    proxy_cache_valid 200 5m;\n    proxy_cache_bypass $http_authorization $http_cookie;\n    proxy_no_cache $http_authorization $http_cookie;\n  }\n}\n',
      'server {\n  location /api/ {\n    proxy_pass http://backend;\n    proxy_cache app;\n  }\n}\n',
      'server {\n  location / {\n    proxy_pass http://pages;\n    proxy_cache app;\n    proxy_cache_valid 200 5m;\n  }\n  location /api/ {\n    proxy_pass http://backend;\n  }\n}\n',
      'server {\n  location /api/ {\n    proxy_pass http://backend;\n    proxy_cache app;\n    proxy_cache_valid 200 5m;\n    proxy_cache_key $scheme$host$request_uri$http_authorization;\n  }\n}\n',
    ],
  },
  messages: {
    shared:
      'Answers for {path} are cached for everybody, whoever is logged in: cookies and Authorization are not part of the key',
    bypass: 'Pass the cache by where a request carries a login',
  },
  *check({ model: { source, directives } }) {
    for (const { directive: location, around } of directivesNamed(directives, /^location$/)) {
      const blocks = [...around, location];
      const [cache] = inEffect('proxy_cache', blocks);
      if (cache === undefined || cache.words[0] === 'off' || !isPrivate(location, blocks) || mindsWhoAsks(blocks)) continue;
      const inside = location.block?.includes(cache) === true;
      const indent = /[^\S\n]*$/.exec(source.text.slice(0, cache.span.start))?.[0] ?? '';
      const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
      const added = ['proxy_cache_bypass', 'proxy_no_cache'].map((name) => `${newline}${indent}${name} ${LOGIN};`).join('');
      const at = { ...cache.span, start: cache.span.end };
      yield {
        message: 'shared',
        data: { path: location.words.at(-1) ?? '' },
        span: inside ? cache.span : location.span,
        fixes: inside ? [{ title: 'bypass', safety: 'review', edits: [{ span: at, text: added }] }] : [],
      };
    }
  },
};

const LOGIN = '$http_authorization $http_cookie';

/** What is proxied and kept for a time that nginx, not the program, decides; and is likely to differ by user. */
function isPrivate({ words, block = [] }: Directive, blocks: readonly Directive[]): boolean {
  if (!block.some(({ name }) => name === 'proxy_pass') || inEffect('proxy_cache_valid', blocks).length === 0) return false;
  const path = words.at(-1) ?? '';
  const named =
    /(?:^|[/^(|])(?:api|graphql|auth|account|accounts|users?|admin|me|profile|orders?|bookings?)(?:[/$)|\\(]|$)/i.test(path);
  const login = block.some(
    ({ name, words: [first = '', second = ''] }) =>
      (name === 'auth_request' && first !== 'off') ||
      (name === 'auth_basic' && first !== 'off') ||
      (name === 'proxy_set_header' && /^(?:authorization|cookie)$/i.test(first) && second !== ''),
  );
  return named || login;
}

function mindsWhoAsks(blocks: readonly Directive[]): boolean {
  const bypassed = ['proxy_cache_bypass', 'proxy_no_cache'].some((name) => inEffect(name, blocks).length > 0);
  const key = inEffect('proxy_cache_key', blocks).flatMap(({ words }) => words);
  // Without cookies and Authorization handed on, the program makes one answer for everybody.
  const stripped = inEffect('proxy_set_header', blocks).filter(
    ({ words: [first = '', second = ''] }) => /^(?:authorization|cookie)$/i.test(first) && second === '',
  );
  return (
    bypassed || stripped.length >= 2 || key.some((word) => /\$(?:http_authorization|http_cookie|cookie_|remote_user)/.test(word))
  );
}
