import type {Meter} from '../wire/meter.js';
import type {AnswerFacts} from '../wire/wire-format.js';

/**
How long the end of an answer waits for the reading of its compressed copy.
*/
const decodingPatienceMs = 50;

/**
Reads what is left to read of an answer, and hands it to `inTime`, at once where that can be. A copy that is
still being decoded gets a moment: after that `inTime` gets what is known by now, and `late` the rest.
*/
export function readToEnd(
	meter: Meter,
	how: 'complete' | 'cut',
	{
		inTime,
		late,
	}: Readonly<{
		inTime(answer: AnswerFacts): void;
		late(answer: AnswerFacts): void;
	}>,
): void {
	const reading = meter.end(how);
	if (!(reading instanceof Promise)) {
		inTime(reading);
		return;
	}

	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		inTime(meter.soFar(how));
	}, decodingPatienceMs);
	void reading.then((answer) => {
		clearTimeout(timer);
		if (isLate) {
			late(answer);
		} else {
			inTime(answer);
		}
	});
}
