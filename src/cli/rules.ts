import { composeRules } from '../analysis/rules/compose-rules.generated.ts';
import type { Rule } from '../analysis/rules/rule.ts';

/** Every rule, for verbs that speak about rules rather than ask them. */
export const allRules: readonly Rule[] = [...composeRules];
