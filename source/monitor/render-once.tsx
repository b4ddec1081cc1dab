import {renderToString} from 'ink';
import {Screen} from './components/screen.js';
import {LogFollower} from './log-follower.js';
import {frameOf} from './layout/frame.js';
import {startModel} from './model.js';
import {createStore} from './store.js';
import type {MonitorWorld} from './world.js';

const rows = 40;

/**
One plain frame of what stands in the log now, without colour, its last line without a line break.
*/
export async function renderOnce(
	world: MonitorWorld,
	{columns, ascii}: {columns: number; ascii: boolean},
): Promise<string> {
	const store = createStore(
		startModel({
			nowMs: world.now(),
			columns,
			rows,
			ascii,
			readOnly: true,
			notices: [],
		}),
	);
	const follower = new LogFollower(world, store);
	store.send({
		kind: 'supervisor',
		state: world.supervisor.current(),
		nowMs: world.now(),
	});
	await follower.all();
	const frame = frameOf(store.model());
	follower.close();
	store.close();
	// Hints of keys have no meaning where none can be pressed.
	return trimmed(
		renderToString(<Screen frame={{...frame, bottom: []}} />, {columns}),
	);
}

const trimmed = (text: string): string =>
	text
		.split('\n')
		.map((line) => line.trimEnd())
		.join('\n')
		.trimEnd();
