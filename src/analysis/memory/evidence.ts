import { parseImage } from './image-reference.ts';
import { imageOf, programName } from './program.ts';
import type { RuntimeInputs } from './runtime-model.ts';

/** By what a runtime was recognised, the most telling first. */
export type Evidence = 'image' | 'command' | 'environment' | 'dockerfile';

export const evidenceByStrength: readonly Evidence[] = ['image', 'command', 'environment', 'dockerfile'];

/** The strongest sign that a service runs a program. Patterns see the image's last part, the program's name, variables' names. */
export function evidenceOf(
  inputs: RuntimeInputs,
  signs: { readonly image?: RegExp; readonly program?: RegExp; readonly variable?: RegExp },
): Evidence | undefined {
  if (signs.image?.test(imageOf(inputs)?.base ?? '') === true) return 'image';
  if (signs.program?.test(programName(inputs) ?? '') === true) return 'command';
  if (signs.variable !== undefined && [...inputs.service.environment.keys()].some((name) => signs.variable?.test(name))) {
    return 'environment';
  }
  const base = inputs.dockerfile?.baseImage;
  return base !== undefined && signs.image?.test(parseImage(base)?.base ?? '') === true ? 'dockerfile' : undefined;
}
