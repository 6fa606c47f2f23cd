import { composeRules } from '../analysis/rules/compose-rules.generated.ts';
import { dockerfileRules } from '../analysis/rules/dockerfile-rules.generated.ts';
import { mountedRules } from '../analysis/rules/mounted-rules.generated.ts';
import { postgresRules } from '../analysis/rules/postgres-rules.generated.ts';
import { projectRules } from '../analysis/rules/project-rules.generated.ts';
import type { Rule } from '../analysis/rules/rule.ts';

/** Every rule, for verbs that speak about rules rather than ask them. */
export const allRules: readonly Rule[] = [
  ...composeRules,
  ...postgresRules,
  ...dockerfileRules,
  ...mountedRules,
  ...projectRules,
] as readonly Rule[];
