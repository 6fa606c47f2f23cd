import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench.ts';

const compose = `services:
  db:
    image: postgres:16
    mem_limit: 128m
    command:
      - postgres
      - -c
      - config_file=/etc/postgresql/postgresql.conf
      - -c
      - work_mem=2MB
    volumes:
      - ./db/server.conf:/etc/postgresql/postgresql.conf:ro
`;

const server = `#------------------------------------------------------------------------------
# RESOURCE USAGE
#------------------------------------------------------------------------------
# - Memory -
shared_buffers = 1GB          # more than the container has
max_connections = 100
maintenance_work_mem = 8MB    # headroom-keep
listen_addresses = '*'
`;

const colours = `#------------------------------------------------------------------------------
# RESOURCE USAGE
#------------------------------------------------------------------------------

# - Memory -
shared_buffers = 32MB            # a quarter of the limit
work_mem = '2 MB'
maintenance_work_mem = 16mb
wal_buffers = 0x80
checkpoint_completion_target = 0.9
jit = off   # headroom-keep
wal_compression lz4
listen_addresses = 'localhost, 10.0.0.2'
archive_command = 'cp %p /backup/%f'
pg_stat_statements.max = 1000

# - Files -
include 'extra.conf'
include_dir = 'conf.d'
-- not a comment here
shared_preload_libraries = 'unclosed
log_line_prefix = '%m [%p] it''s '
`;

describe("PostgreSQL's conf files", () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({
      files: {
        'compose.yml': compose,
        'headroom.yaml': 'board: pi-zero-2w\n',
        'db/server.conf': server,
        'db/pg_hba.conf': 'local all all trust\n',
        'postgresql.conf': colours,
        'extra.conf': 'log_connections = on\n',
      },
      settings: { 'workbench.colorTheme': 'Dark Modern' },
    });
  });
  afterEach(async ({ task }) => workbench.screenshot(`postgres-${task.name.replaceAll(/\W+/g, '-')}`));
  afterAll(() => workbench.dispose());

  it('are coloured by what stands in them', async () => {
    await workbench.openFile('postgresql.conf');
    await workbench.squiggle().waitFor();
    const parts = async (name: string): Promise<string[]> => {
      const line = workbench.page.locator('.editor-group-container.active .view-line', { hasText: name });
      const texts = await line.locator('> span > span').allTextContents();
      return texts.map((part) => part.replaceAll('\u00a0', ' ').trim()).filter((part) => part !== '');
    };
    // Only what the theme gives a colour of its own is a part: its units look like numbers, wrong ones do not.
    expect(await parts('shared_buffers')).toEqual(['shared_buffers', '=', '32MB', '# a quarter of the limit']);
    expect(await parts('maintenance_work_mem')).toEqual(['maintenance_work_mem', '=', '16', 'mb']);
    expect(await parts('jit')).toEqual(['jit', '=', 'off', '#', 'headroom-keep']);
    expect(await parts('not a comment')).toEqual(['-- not a comment here']);
  });

  it('are completed with names that say what they cost', async () => {
    await workbench.goTo(16, 1);
    await workbench.page.keyboard.type('effective_c');
    await workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'effective_cache_size' }).waitFor();
    await workbench.suggestionDetails(/PostgreSQL's manual/);
  });

  it('are shown as such under any name that a stack mounts them as', async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.openFile('compose.yml');
    await workbench.page.locator('.codelens-decoration a', { hasText: /Raspberry Pi/ }).waitFor();
    await workbench.openFile('server.conf');
    await workbench.page.locator('.statusbar-item', { hasText: 'PostgreSQL configuration' }).waitFor();
  });

  it('explain a setting with the container in mind', async () => {
    await workbench.goTo(5, 3);
    await workbench.runCommand('Show or Focus Hover');
    await workbench.page
      .locator('.monaco-hover', { hasText: /128 MiB/ })
      .first()
      .waitFor();
  });

  it('are tuned after four questions, and nothing is written before it was seen', async () => {
    await workbench.focusEditor();
    await workbench.runCommandThatAsks('Headroom: Tune PostgreSQL for this Pi');
    await workbench.answer(/1 of 4/);
    await workbench.answer(/2 of 4/);
    await workbench.answer(/3 of 4/);
    await workbench.answer(/4 of 4/);
    await workbench.page.locator('.bulk-edit-panel .monaco-list-row', { hasText: /shared_buffers/ }).waitFor();
    expect(await workbench.read('db/server.conf')).toBe(server);
    await workbench.screenshot('postgres-preview');
    await workbench.page
      .locator('.bulk-edit-panel .monaco-list-row', { hasText: 'server.conf' })
      .locator('.edit-checkbox')
      .click();
    await workbench.page.getByRole('button', { name: 'Apply' }).click();
    await workbench.save();
    const tuned = await workbench.read('db/server.conf');
    expect(tuned).toMatch(/^shared_buffers = \d\dMB +# more than the container has$/m);
    expect(tuned).toMatch(/^jit = off {2}# /m);
    expect(tuned).toContain('maintenance_work_mem = 8MB    # headroom-keep');
  });

  it('are refused, with the reason, where they cannot fit', async () => {
    await workbench.runCommandThatAsks('Headroom: Tune PostgreSQL for this Pi');
    await workbench.answer(/1 of 4/, '32M');
    for (const question of [/2 of 4/, /3 of 4/, /4 of 4/]) await workbench.answer(question);
    await workbench.page.locator('.notifications-toasts', { hasText: /needs 64M to work at all/ }).waitFor();
  });

  it('have their settings in a command completed too', async () => {
    await workbench.openFile('compose.yml');
    await workbench.goTo(10, 21);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('- -c\n- shared_b');
    await workbench.page.keyboard.press('Control+Space');
    await workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'shared_buffers' }).waitFor();
    await workbench.suggestionDetails(/% of the limit of 128 MiB/);
  });
});
