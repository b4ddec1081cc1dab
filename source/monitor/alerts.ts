import {showClock, showWait} from '../exchange/show.js';
import {capAlerts} from './alerts-of-caps.js';
import {trafficAlerts} from './alerts-of-traffic.js';
import {connectionOf, identityOf, isThere} from './connection.js';
import {keyName} from './key-name.js';
import type {Model} from './model.js';
import {steeringOf} from './steering-of.js';
import type {Tone} from './theme.js';

/**
Something that somebody should know of, and what to do about it, in a sentence.
*/
export type Alert = Readonly<{
	/**
	The same as long as it is about the same.
	*/
	id: string;
	/**
	Epoch milliseconds; undefined where nobody can say.
	*/
	sinceMs: number | undefined;
	tone: Extract<Tone, 'bad' | 'warn'>;
	text: string;
	remedy: string;
	/**
	The one that it is about, or that shows it best.
	*/
	exchange?: number | undefined;
}>;

/**
All that is wrong now, as far as the model knows: what is bad first, then what began last.
*/
export const alertsOf = (model: Model): readonly Alert[] =>
	[
		...recordingAlert(model),
		...connectionAlert(model),
		...logAlert(model),
		...configAlerts(model),
		...pauseAlert(model),
		...capAlerts(model),
		...trafficAlerts(model),
		...warningAlerts(model),
	].toSorted(
		(one, other) =>
			Number(other.tone === 'bad') - Number(one.tone === 'bad') ||
			(other.sinceMs ?? 0) - (one.sinceMs ?? 0),
	);

const recordingAlert = (model: Model): readonly Alert[] => {
	const identity = identityOf(model);
	return !identity || identity.recording
		? []
		: [
				{
					id: 'not recording',
					sinceMs: identity.notRecordingSince,
					tone: 'bad',
					text: `Not recording: ${identity.notRecordingReason ?? 'the usage log cannot be written'}.`,
					remedy:
						'Put that right: rows wait in memory and are written, in order, as soon as that is possible.',
				},
			];
};

const connectionAlert = (model: Model): readonly Alert[] => {
	const connection = connectionOf(model);
	const {supervisor, heardAtMs} = model;
	switch (connection.kind) {
		case 'down': {
			const why = supervisor.kind === 'down' ? `: ${supervisor.reason}` : '.';
			return [
				{
					id: 'down',
					sinceMs: heardAtMs,
					tone: 'bad',
					text: `The passthrough is down${why}`,
					remedy:
						'It is started again by itself; if it stays so, "tollgate doctor" says why.',
				},
			];
		}

		case 'stopped': {
			return [
				{
					id: 'stopped',
					sinceMs: heardAtMs,
					tone: 'bad',
					text: 'The passthrough was stopped: agents reach nothing.',
					remedy: `${keyName(model, 'quit')} leaves; "tollgate" starts it again.`,
				},
			];
		}

		case 'stale': {
			return [
				{
					id: 'stale',
					sinceMs: model.nowMs - connection.silentMs,
					tone: 'warn',
					text: `Nothing was heard of the passthrough for ${showWait(connection.silentMs)}: figures are old.`,
					remedy:
						'Wait a moment; if it stays so, "tollgate status" says what it does.',
				},
			];
		}

		case 'live':
		case 'draining':
		case 'starting':
		case 'stopping': {
			return [];
		}
	}
};

const logAlert = ({log}: Model): readonly Alert[] =>
	log.kind === 'unreadable'
		? [
				{
					id: 'log',
					sinceMs: undefined,
					tone: 'bad',
					text: `The usage log cannot be read: ${log.reason}`,
					remedy: '"tollgate log check" says what is wrong with it.',
				},
			]
		: [];

function configAlerts(model: Model): readonly Alert[] {
	// The next one reads the config anew.
	const {configProblem, needsRestart = []} =
		(isThere(model) ? steeringOf(model) : undefined) ?? {};
	const untaken: Alert = {
		id: 'config',
		sinceMs: undefined,
		tone: 'warn',
		text: `The config was not taken, the old one holds: ${configProblem}`,
		remedy: 'Mend config.toml: it is read again when it is saved.',
	};
	const waiting: Alert = {
		id: 'restart',
		sinceMs: undefined,
		tone: 'warn',
		text: `Changed in the config, but not in force: ${needsRestart.join(', ')}.`,
		remedy: `Start it anew: ${keyName(model, 'stop')} here, then "tollgate".`,
	};
	return [
		...(configProblem ? [untaken] : []),
		...(needsRestart.length > 0 ? [waiting] : []),
	];
}

/**
A pause that nobody asked for.
*/
function pauseAlert(model: Model): readonly Alert[] {
	const pause = steeringOf(model)?.pause;
	if (
		!pause ||
		pause.value.mode === 'off' ||
		(pause.setBy !== 'guard' && pause.setBy !== 'strikes')
	) {
		return [];
	}

	const why = pause.reason === null ? '.' : `: ${pause.reason}`;
	return [
		{
			id: 'pause',
			sinceMs: pause.setAt,
			tone: 'bad',
			text: `Paused by itself at ${showClock(pause.setAt)}${why}`,
			remedy: `Look at what the agent does, then ${model.readOnly ? '"tollgate resume"' : keyName(model, 'pause')} lets requests go.`,
		},
	];
}

const warningAlerts = (model: Model): readonly Alert[] =>
	(steeringOf(model)?.warnings ?? []).map((text) => ({
		id: `warning ${text}`,
		sinceMs: undefined,
		tone: 'warn',
		text,
		remedy: '',
	}));
