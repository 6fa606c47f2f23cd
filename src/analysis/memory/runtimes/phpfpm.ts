import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { imageOf, originOf, variable } from '../program.ts';
import { byDefault, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

/** PHP-FPM, and PHP inside of Apache, which forks in the same way. */
export const phpfpm: RuntimeModel = {
  id: 'phpfpm',
  references: ['https://www.php.net/manual/en/install.fpm.configuration.php'],
  detects: (inputs) =>
    evidenceOf(inputs, {
      image: /^php$/,
      program: /^(?:php-fpm[\d.]*|apache2-foreground|php)$/,
      variable: /^PHP_(?:MEMORY_LIMIT|FPM_\w+|PM_\w+)$/,
    }),
  estimate(inputs) {
    const conf = mountedFiles(inputs, /\.(?:conf|ini)$/);
    const written =
      variable(inputs, 'PHP_FPM_PM_MAX_CHILDREN', 'PM_MAX_CHILDREN', 'FPM_PM_MAX_CHILDREN') ??
      lineSetting(conf, 'pm.max_children');
    const children = Math.min(Number(written?.text ?? 5) || 5, 500);
    const opcache = Math.min(Number(lineSetting(conf, 'opcache.memory_consumption')?.text ?? 128) || 128, 1024);
    const origin = originOf(
      written,
      (imageOf(inputs)?.tag ?? '').includes('apache') ? 'Apache starts five processes' : 'pm.max_children 5',
    );
    const regions = [
      region('Master process', 'unreclaimable', 8, 10, byDefault('PHP 8 at rest')),
      region('Workers', 'unreclaimable', children * 8, children * 24, origin),
      region(
        'Compiled scripts (opcache)',
        'unreclaimable',
        Math.min(16, opcache),
        opcache * 0.2,
        byDefault('opcache.memory_consumption 128'),
      ),
      programText(14, byDefault('the interpreter and its extensions')),
    ];
    return known('phpfpm', regions, mebibytes(48), 'heuristic');
  },
  examples: [{ service: 'image: php:8.3-fpm', peak: mebibytes(170), because: 'five children, the default' }],
};
