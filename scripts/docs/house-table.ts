import {filesOfHouse, mayImport} from '../../test/house-plan.js';
import {code, codes, markdownTable} from './markdown.js';

const holds: Readonly<Record<string, string>> = {
	commands: 'A file for each command. Wires rooms together; decides nothing.',
	monitor: 'The Ink app. Knows the log and the control rows, nothing else.',
	passthrough: 'The server and the path of one request.',
	control: 'Who runs: the lock of a home, identity, and rows beside the log.',
	'usage-log': 'SQLite: open, write, follow, checkpoint.',
	summary: 'Totals of a stretch of time, and how to print them.',
	export: 'The log as JSON lines.',
	doctor:
		'One check an entry, of an endpoint and of this machine: what came back, and what to change.',
	config: 'Every setting once: reading, checking, where a key comes from.',
	policy:
		'Decisions: the door, the route, a second try. Facts in, decision out. No I/O, no clock.',
	pricing:
		'What models cost, and what an exchange cost: exact to the nano-dollar. No I/O, no clock.',
	calendar:
		'Days, their hours, weeks and months, in any zone and from any start hour. No I/O, no clock.',
	wire: 'A file for each wire format. Bytes and events in, facts out. No I/O.',
	simulated: 'The endpoint and the agent of the demo and the tests.',
	exchange:
		'The vocabulary: what one request and its answer are, and how a value looks.',
};

/**
The rooms there are, the highest first.
*/
export function houseTable(): string {
	const rooms = new Set(
		filesOfHouse().flatMap((file) =>
			file.includes('/') ? [file.split('/', 1)[0]!] : [],
		),
	);
	const strange = [...rooms].filter((room) => !Object.hasOwn(holds, room));
	if (strange.length > 0) {
		throw new Error(`Say in house-table.ts what is in: ${strange.join(', ')}`);
	}

	return markdownTable(
		['room', 'what is in it', 'may import'],
		Object.entries(holds)
			.filter(([room]) => rooms.has(room))
			.map(([room, what]) => [code(`${room}/`), what, below(room, rooms)]),
	);
}

function below(room: string, rooms: ReadonlySet<string>): string {
	const allowed = mayImport[room]!;
	if (allowed === 'everything') {
		return allowed;
	}

	const there = allowed.filter((one) => rooms.has(one));
	return there.length === 0 ? 'nothing' : codes(there);
}
