import { scalarText, type BlockScalar, type FlowScalar } from './yaml.ts';
import { isBreak, missing, placed, type Notes, type Props } from './yaml-notes.ts';
import type { ScalarStyle, YamlScalar } from './yaml-tree.ts';

/** Where a plain scalar can't begin, the package's own reading finds the words for it. */
const ODD_START = /^[\t,%|>@`]/;

export function flowScalar(token: FlowScalar, props: Props, notes: Notes): YamlScalar {
  const { offset, source } = token;
  notes.trailing(token.end);
  if (source === '' && token.type === 'scalar') return missing(props, offset);
  const style: ScalarStyle = token.type === 'scalar' ? 'plain' : token.type === 'single-quoted-scalar' ? 'single' : 'double';
  const simple = style === 'plain' && !source.includes('\n') && !ODD_START.test(source);
  const text = simple ? source : decode(token, notes);
  return { kind: 'scalar', text, style, ...placed(props, offset, offset + source.length) };
}

export function blockScalar(token: BlockScalar, props: Props, notes: Notes): YamlScalar {
  let end = token.offset;
  let style: ScalarStyle = 'literal';
  for (const prop of token.props) {
    if (prop.type === 'comment') notes.comment(prop);
    if (prop.type === 'block-scalar-header' && prop.source.startsWith('>')) style = 'folded';
    if ('source' in prop) end = prop.offset + prop.source.length;
  }
  end += token.source.length;
  // The span ends with the last line's text, so that replacing it leaves the line break alone.
  while (end > token.offset + 1 && isBreak(notes.source.text.charCodeAt(end - 1))) end--;
  return { kind: 'scalar', text: decode(token, notes), style, ...placed(props, token.offset, end) };
}

function decode(token: FlowScalar | BlockScalar, notes: Notes): string {
  return scalarText(token, (offset, reason) => {
    notes.invalid(offset, reason);
  });
}
