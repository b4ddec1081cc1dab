import type {EventEmitter} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import type {ReactElement} from 'react';
import {render} from 'ink-testing-library';

/**
Draws on a screen of a size that the test controls. The library's own is always 100 columns wide and
has no height, so that Ink asks the real terminal.
*/
export async function renderAt(
	tree: ReactElement,
	columns: number,
	rows: number,
) {
	const instance = render(tree);
	const resize = async (nextColumns: number, nextRows: number) => {
		Object.defineProperties(instance.stdout, {
			columns: {value: nextColumns, configurable: true},
			rows: {value: nextRows, configurable: true},
		});
		const drawn = instance.frames.length;
		(instance.stdout as unknown as EventEmitter).emit('resize');
		// A busy machine draws late; a size that changes nothing is not drawn at all.
		for (let tries = 0; tries < 25; tries++) {
			await delay(20);
			if (instance.frames.length > drawn) {
				break;
			}
		}
	};

	const press = async (keys: string) => {
		instance.stdin.write(keys);
		// Ink waits 20 ms after a lone escape before it takes it for the Esc key.
		await delay(40);
	};

	await resize(columns, rows);
	return {...instance, resize, press, frame: () => instance.lastFrame() ?? ''};
}
