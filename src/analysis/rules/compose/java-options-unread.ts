import { parseImage } from '../../memory/image-reference.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const javaOptionsUnread: Rule<Stack, 'unread' | 'rename'> = {
  id: 'java-options-unread',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: '`JAVA_OPTS` on an image of the bare Java runtime.',
    why: '`JAVA_OPTS` is a habit of start scripts. The JVM itself reads `JAVA_TOOL_OPTIONS` and `JDK_JAVA_OPTIONS`; where `java` is started directly, the heap cap in `JAVA_OPTS` reaches nobody.',
    instead: 'Name it `JAVA_TOOL_OPTIONS`.',
    references: ['https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html'],
    invalid: [
      'services:\n  app:\n    image: eclipse-temurin:17\n    command: java -jar app.jar\n    environment:\n      JAVA_OPTS: -Xmx64m\n',
    ],
    valid: [
      'services:\n  app:\n    image: eclipse-temurin:17\n    command: java -jar app.jar\n    environment:\n      JAVA_TOOL_OPTIONS: -Xmx64m\n',
      'services:\n  app:\n    image: tomcat:10\n    environment:\n      JAVA_OPTS: -Xmx64m\n',
      'services:\n  app:\n    image: eclipse-temurin:17\n    command: sh -c "java $$JAVA_OPTS -jar app.jar"\n    environment:\n      JAVA_OPTS: -Xmx64m\n',
    ],
  },
  messages: { unread: 'java does not read JAVA_OPTS: these options reach nobody', rename: 'Rename it to JAVA_TOOL_OPTIONS' },
  *check({ model }) {
    for (const service of model.services) {
      const options = service.environment.get('JAVA_OPTS');
      if (options === undefined || !startsJavaItself(service)) continue;
      const renamable =
        !service.environment.has('JAVA_TOOL_OPTIONS') && options.nameSpan.end - options.nameSpan.start === options.name.length;
      yield {
        message: 'unread',
        span: options.nameSpan,
        fixes: renamable
          ? [{ title: 'rename', safety: 'safe', edits: [{ span: options.nameSpan, text: 'JAVA_TOOL_OPTIONS' }] }]
          : [],
      };
    }
  },
};

const BARE_RUNTIME = /^(?:eclipse-temurin|openjdk|amazoncorretto|ibmjava|sapmachine|bellsoft\/liberica-.*|azul\/zulu-.*)$/;

/** The image is a bare runtime, and the words that start it show `java` and no script in between. */
function startsJavaItself({ image, command, entrypoint }: Service): boolean {
  const name = image?.value === undefined ? undefined : parseImage(image.value)?.name;
  const words = [...(entrypoint?.words ?? []), ...(command?.words ?? [])].map(({ text }) => text);
  return (
    name !== undefined && BARE_RUNTIME.test(name) && words[0] === 'java' && !words.some((word) => word.includes('JAVA_OPTS'))
  );
}
