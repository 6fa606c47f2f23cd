import * as vscode from 'vscode';
import { ParseCache } from '../analysis/documents/compose/resolve.ts';
import { message } from '../base/message.ts';
import { DisposableList } from '../base/disposable.ts';
import type { FileId } from '../base/span.ts';
import type { Finding } from '../analysis/rules/rule.ts';
import { contextKeys, type CommandId } from './contributions.ts';
import { fileOf, uriOf } from './convert.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { anySelector, composeSelector } from './documents.ts';
import { CheckedStacks } from './checked-stacks.ts';
import type { ConnectedHost } from './connected-host.ts';
import { chooseBoard } from './board-choice.ts';
import { EstimateHints } from './estimate-hints.ts';
import { FindingStore } from './findings.ts';
import { PostgresPart } from './postgres-part.ts';
import { QuickFixes } from './quick-fixes.ts';
import { RulePages } from './rule-pages.ts';
import { fitStack, stackFor } from './stack-commands.ts';
import { StackLens } from './stack-lens.ts';
import { StatusBar } from './status-bar.ts';
import { once } from '../base/once.ts';
import { StackWatch } from './stack-watch.ts';
import { text } from './text.ts';
import { say } from './translate.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** How many instances the matrix of the budget page counts. */
const AGENTS = 4;

/** Builds and wires everything that works on text alone. No logic of its own. */
export function startLinting(context: vscode.ExtensionContext, host: ConnectedHost): vscode.Disposable {
  const owned = new DisposableList();
  const pages = new RulePages(context.extensionUri);
  const files = owned.add(new WorkspaceFiles());
  const store = new FindingStore();
  const stacks = owned.add(new CheckedStacks());
  const problems = owned.add(vscode.languages.createDiagnosticCollection('headroom'));
  const textOf = (file: FileId): string | undefined => {
    const reading = files.read(file);
    return reading.kind === 'text' ? reading.source.text : undefined;
  };
  const watch = owned.add(
    new StackWatch({ files, host }, { store, stacks }, (touched) => {
      for (const file of touched) {
        const found = store.of(file);
        if (found === undefined) problems.delete(uriOf(file));
        else
          problems.set(
            uriOf(file),
            diagnosticsOf(found, (rule) => pages.of(rule), textOf),
          );
      }
      void vscode.commands.executeCommand('setContext', contextKeys.active, store.stacks().length > 0);
    }),
  );
  const quickFixes = new QuickFixes((file) => store.of(file), textOf);
  owned.add(vscode.languages.registerCodeActionsProvider(anySelector, quickFixes, { providedCodeActionKinds: QuickFixes.kinds }));
  registerSpeakers(owned, stacks, textOf);
  const postgres = owned.add(new PostgresPart(files, stacks, (source) => new ParseCache().yaml(source)));
  owned.add(new StatusBar(stacks));
  const budgetPages = once(async () => owned.add(new (await import('./budget-page.ts')).BudgetPages()));
  const acceptance = once(() => import('./acceptance-commands.ts'));
  registerCommands(owned, {
    'headroom.explainRule': (rule) => pages.show(rule),
    'headroom.fixAll': () => fixAll(store, quickFixes),
    'headroom.ignoreHere': async (finding) => (await acceptance()).acceptHere(finding as Finding),
    'headroom.ignoreInProject': async (finding) => (await acceptance()).acceptInProject(finding as Finding),
    'headroom.changeSeverity': async (finding) => (await acceptance()).changeSeverity(finding as Finding),
    'headroom.chooseBoard': () => chooseBoard(),
    'headroom.fitStack': (document) => fitStack(stackFor(document, stacks), textOf),
    'headroom.tunePostgres': () => postgres.tune(),
    'headroom.showBudget': async (document) => (await budgetPages()).show(stackFor(document, stacks), AGENTS),
  });
  watch.start();
  return owned;
}

/** What only speaks when asked comes in bundles of its own: opening a file stays quick. */
function registerSpeakers(owned: DisposableList, stacks: CheckedStacks, textOf: (file: FileId) => string | undefined): void {
  const hover = once(async () => new (await import('./stack-hover.ts')).StackHover(stacks, textOf));
  const completion = once(async () => new (await import('./limit-completion.ts')).LimitCompletion(stacks));
  owned.add(
    vscode.languages.registerHoverProvider(composeSelector, {
      provideHover: async (document, position) => (await hover()).provideHover(document, position),
    }),
  );
  owned.add(vscode.languages.registerCodeLensProvider(composeSelector, owned.add(new StackLens(stacks))));
  owned.add(vscode.languages.registerInlayHintsProvider(composeSelector, owned.add(new EstimateHints(stacks))));
  owned.add(
    vscode.languages.registerCompletionItemProvider(
      composeSelector,
      { provideCompletionItems: async (document, position) => (await completion()).provideCompletionItems(document, position) },
      ' ',
      '"',
    ),
  );
}

function registerCommands(owned: DisposableList, handlers: Readonly<Record<CommandId, (argument: unknown) => unknown>>): void {
  for (const [id, handler] of Object.entries(handlers)) owned.add(vscode.commands.registerCommand(id, handler));
}

async function fixAll(store: FindingStore, quickFixes: QuickFixes): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const found = document === undefined ? undefined : store.of(fileOf(document.uri));
  const edit = found?.text === document?.getText() && found !== undefined ? quickFixes.allSafe(found) : undefined;
  if (edit === undefined) void vscode.window.showInformationMessage(say(message(text.nothingToFix)));
  else await vscode.workspace.applyEdit(edit);
}
