import {ownReasons} from '../../source/exchange/own-reasons.js';
import type {Told} from '../../source/exchange/told.js';
import {errorClasses} from '../../source/exchange/usage.js';
import {wordsFor} from '../../source/exchange/words.js';
import {reasonsInUse} from './reasons-table.js';
import {code, markdownTable} from './markdown.js';

const at = 0;

/**
Examples of what one class can mean, in the order in which they are looked for.
*/
const more: Partial<Record<(typeof errorClasses)[number], readonly Told[]>> = {
	rate_limit: [
		{
			rateLimits: {windows: {requests: {remaining: 0, resetMs: 27_000}}},
		},
		{
			rateLimits: {
				unified: {windows: {'5h': {status: 'rejected', utilization: 1}}},
			},
		},
		{errorMessage: 'Extra usage is required for long context requests.'},
	],
	server: [{}, {errorMessage: '<html>', httpStatus: 502}],
	route_not_found: [{}, {hint: 'duplicate_v1'}],
	network: [
		'ENOTFOUND',
		'ECONNREFUSED',
		'ECONNRESET',
		'ENETUNREACH',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'CERT_HAS_EXPIRED',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'EPROTO',
		'PROXY_407',
	].map((errorType) => ({errorType})),
};

/**
Each class of error, and each reason of ours that there is, with its cause and its remedy.
*/
export function causesTable(): string {
	const ofClasses = errorClasses.flatMap((errorClass) =>
		(more[errorClass] ?? [{}]).map((told): readonly [string, Told] => [
			errorClass,
			{...told, outcome: 'error', errorClass, endedAt: at},
		]),
	);
	const ofReasons = ownReasons
		.filter((reason) => reasonsInUse.has(reason))
		// Those are told as errors of the endpoint.
		.filter((reason) => reason !== 'unreachable' && reason !== 'timeout')
		.map((reason): readonly [string, Told] => [
			reason,
			{outcome: 'refused', reason},
		]);
	return markdownTable(
		['class or reason', 'what the monitor says', 'cause', 'remedy'],
		[...ofClasses, ...ofReasons].map(([name, told]) => {
			const {short, cause, remedy} = wordsFor(told, {nowMs: at})!;
			return [
				code(name),
				short.find((text) => !/^\d{3}$/.test(text))!,
				withoutInstants(cause),
				remedy,
			];
		}),
	);
}

/**
An instant of an example says nothing, and is another one in each zone.
*/
const withoutInstants = (text: string): string =>
	text.replaceAll(/ It resets at [^.]*\./g, ' It resets by itself.');
