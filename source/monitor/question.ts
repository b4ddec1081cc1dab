import {asking} from './asked.js';
import {bothChanges, type CapChange} from './cap-change.js';
import type {Model} from './model.js';

/**
A question in the banner's place, and what its `y` does.
*/
export type Question = Readonly<{
	text: string;
	/**
	Where there is no room for it, the fullest first.
	*/
	shorter?: readonly string[];
	means: 'stop' | CapChange;
}>;

/**
Only `y` does what was asked.
*/
export function answered(model: Model, key: string): Model {
	const {question} = model;
	const closed: Model = {...model, question: undefined};
	if (key !== 'y' || question === undefined) {
		return closed;
	}

	return question.means === 'stop'
		? {...closed, stopping: true, leaving: 'quit-and-stop'}
		: askingCap(closed, question.means);
}

/**
Asks for another cap today. What is still to be written is written together with it.
*/
export function askingCap(model: Model, change: CapChange): Model {
	const {caps} = model.asked;
	const unwritten =
		caps?.change === undefined && caps?.problem === undefined
			? caps?.value
			: undefined;
	return asking(model, 'caps', bothChanges(unwritten, change));
}
