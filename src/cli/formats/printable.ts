/**
 * Text from files and hosts on its way to a terminal: control characters are shown, not obeyed, so that a
 * service name can't move the cursor or set the window's title. Bidirectional overrides count as control.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}
