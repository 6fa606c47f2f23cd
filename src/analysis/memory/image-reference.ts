/** An image's name taken apart, with what Docker adds in silence left out: `postgres`, not `docker.io/library/postgres`. */
export interface ImageReference {
  /** Registry and path as people write them: `postgres`, `grafana/grafana`, `ghcr.io/immich-app/postgres`. */
  readonly name: string;
  /** The last part of the path. */
  readonly base: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** The number that the tag begins with (`16` of `16.3-alpine`); undefined for `latest` and the like. */
  readonly major: number | undefined;
  readonly minor: number | undefined;
}

/** Undefined where the text is no image's name, as with a placeholder in it. */
export function parseImage(text: string): ImageReference | undefined {
  const match = IMAGE.exec(text.trim());
  const path = match?.[1];
  if (match === null || path === undefined) return undefined;
  const [, , tag, digest] = match;
  const name = path.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  const version = /^v?(\d+)(?:\.(\d+))?(?=$|[.-])/.exec(tag ?? '');
  return {
    name: LINUXSERVER.test(name) ? name.replace(LINUXSERVER, 'linuxserver/') : name,
    base: name.slice(name.lastIndexOf('/') + 1),
    tag,
    digest,
    major: version === null ? undefined : Number(version[1]),
    minor: version?.[2] === undefined ? undefined : Number(version[2]),
  };
}

const IMAGE =
  /^((?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9]+:[a-f0-9]+))?$/i;

/** One publisher under four addresses. */
const LINUXSERVER = /^(?:lscr\.io|ghcr\.io)\/linuxserver\//;
