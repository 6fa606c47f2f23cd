import type { SettingDefinition } from '../../documents/postgres/settings.ts';

/** A number with a leading zero, where no one writes octal on purpose: permissions are the exception. */
export function isOctalLooking({ type, name }: SettingDefinition, value: string): boolean {
  return type === 'int' && !/(?:_permissions|_mode)$/.test(name) && /^\s*[+-]?0\d+\s*[A-Za-z]*\s*$/.test(value);
}

/** A leading zero with an 8 or a 9 behind it, which the server refuses. */
export function isOctalMistake(definition: SettingDefinition, value: string): boolean {
  return isOctalLooking(definition, value) && /^\s*[+-]?0\d*[89]/.test(value);
}
