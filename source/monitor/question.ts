import type {Exchange} from '../exchange/exchange.js';
import {showCount} from '../exchange/show.js';
import {asking} from './asked.js';
import {bothChanges, type CapChange} from './cap-change.js';
import type {Model} from './model.js';
import {ordered} from './orders.js';
import {isOpen} from './row-state.js';
import {remarked} from './switching.js';
import {modelOf, tokensOf} from './tokens-of.js';

/**
That a request under way ends.
*/
type Cancel = Readonly<{kind: 'cancel'; exchange: number}>;

/**
A question in the banner's place, and what its `y` does.
*/
export type Question = Readonly<{
	text: string;
	/**
	Where there is no room for it, the fullest first.
	*/
	shorter?: readonly string[];
	means: 'stop' | CapChange | Cancel;
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

	const {means} = question;
	if (means === 'stop') {
		return {...closed, stopping: true, leaving: 'quit-and-stop'};
	}

	return means.kind === 'cancel'
		? ordered(closed, means.exchange, 'cancel')
		: askingCap(closed, means);
}

/**
Asks whether to end a request, with what its answer has come to.
*/
export function cancelAsked(model: Model, exchange: Exchange): Model {
	const {id} = exchange;
	const live = model.live.get(id);
	const {output = 0} = tokensOf(exchange, live);
	const out = output === 0 ? [] : [`${showCount(output)} out`];
	const text = (...parts: readonly string[]) =>
		`${[`cancel ${id}`, ...parts].join(', ')}? y/n`;
	return {
		...model,
		question: {
			text: text(
				modelOf(exchange, live),
				...out.map((said) => `${said} so far`),
			),
			shorter: [
				text(...out.map((said) => `${said} so far`)),
				text(...out),
				text(),
			],
			means: {kind: 'cancel', exchange: id},
		},
	};
}

/**
A question about a request that has ended meanwhile is none any more.
*/
export function questionKept(model: Model): Model {
	const means = model.question?.means;
	if (means === undefined || means === 'stop' || means.kind !== 'cancel') {
		return model;
	}

	const exchange = model.exchanges.get(means.exchange);
	return exchange !== undefined && isOpen(exchange)
		? model
		: remarked(
				{...model, question: undefined},
				`Request ${means.exchange} has ended.`,
			);
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
