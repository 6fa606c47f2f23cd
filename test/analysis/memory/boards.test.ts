import { describe, expect, it } from 'vitest';
import { gibibytes, kibibytes, mebibytes } from '../../../src/base/bytes.ts';
import { boardById, boards } from '../../../src/analysis/memory/boards.ts';

const IDS = [
  ...['pi-zero', 'pi-zero-w', 'pi-zero-2w', 'pi-1', 'pi-2', 'pi-3a-plus', 'pi-3b', 'pi-3b-plus'],
  ...['pi-4-1gb', 'pi-4-2gb', 'pi-4-4gb', 'pi-4-8gb', 'pi-400'],
  ...['pi-5-1gb', 'pi-5-2gb', 'pi-5-4gb', 'pi-5-8gb', 'pi-5-16gb', 'pi-500', 'pi-500-plus', 'pi-cm3'],
  ...['pi-cm4-1gb', 'pi-cm4-2gb', 'pi-cm4-4gb', 'pi-cm4-8gb'],
  ...['pi-cm5-2gb', 'pi-cm5-4gb', 'pi-cm5-8gb', 'pi-cm5-16gb'],
];

describe('boards', () => {
  it('are those of the documented list, each once', () => {
    expect(boards.map((board) => board.id)).toEqual(IDS);
  });

  it('report less than the box says, and say whether somebody read it', () => {
    for (const board of boards) {
      expect(board.memTotal, board.id).toBeLessThan(board.installed);
      expect(board.memTotal, board.id).toBeGreaterThan(board.installed * 0.75);
    }
    expect(boardById('pi-zero-2w')).toMatchObject({ memTotal: kibibytes(426_068), memTotalFrom: 'reported', cores: 4 });
    expect(boardById('pi-4-1gb')).toMatchObject({ memTotalFrom: 'derived' });
  });

  it('give the Pi 5 family its larger pages and its newer instructions', () => {
    for (const board of boards) {
      const five = /^pi-(?:5|cm5)/.test(board.id);
      expect(board.pageSize, board.id).toBe(kibibytes(five ? 16 : 4));
      expect(board.armv82, board.id).toBe(five);
    }
  });

  it('say which cannot run 64-bit images', () => {
    const narrow = boards.filter((board) => !board.architectures.includes('arm64')).map((board) => board.id);
    expect(narrow).toEqual(['pi-zero', 'pi-zero-w', 'pi-1', 'pi-2']);
    expect(boardById('pi-zero')?.architectures).toEqual(['arm/v6']);
  });

  it('may be a plain size', () => {
    expect(boardById('768M')).toMatchObject({ id: '768M', memTotal: mebibytes(768), memTotalFrom: 'given', armv82: undefined });
    expect(boardById('1.5g')?.memTotal).toBe(gibibytes(1.5));
  });

  it.each(['pi-6', '', '512', 'lots', '-1G', 'pi-4'])('are not guessed from %j', (text) => {
    expect(boardById(text)).toBeUndefined();
  });
});
