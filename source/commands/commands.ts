import type {Command} from './command.js';

/**
Every command. Each is loaded only when it is run: serving must not wait for the monitor's libraries.
*/
export const commands = {
	monitor: {
		flags: {
			ascii: {type: 'boolean', default: false},
			readOnly: {type: 'boolean', default: false},
			once: {type: 'boolean', default: false},
			plain: {type: 'boolean', default: false},
			columns: {type: 'number'},
		},
		async run(given) {
			const {monitor} = await import('./monitor.js');
			await monitor(given);
		},
	},
	serve: {
		flags: {port: {type: 'number'}},
		async run(given) {
			const {serve} = await import('./serve.js');
			await serve(given);
		},
	},
	run: {
		flags: {
			for: {type: 'string'},
			key: {type: 'string'},
			alias: {type: 'string'},
			pane: {type: 'boolean', default: false},
		},
		runsAnother: true,
		async run(given) {
			const {run} = await import('./run.js');
			await run(given);
		},
	},
	env: {
		flags: {
			for: {type: 'string'},
			shell: {type: 'string'},
			key: {type: 'string'},
			json: {type: 'boolean', default: false},
		},
		async run(given) {
			const {env} = await import('./env.js');
			await env(given);
		},
	},
	demo: {
		flags: {
			headless: {type: 'boolean', default: false},
			requests: {type: 'number'},
			seed: {type: 'number', default: 1},
			ascii: {type: 'boolean', default: false},
		},
		async run(given) {
			const {demo} = await import('./demo.js');
			await demo(given);
		},
	},
	init: {
		flags: {
			url: {type: 'string'},
			key: {type: 'string'},
			name: {type: 'string'},
			formats: {type: 'string'},
			fast: {type: 'string'},
			default: {type: 'string'},
			deep: {type: 'string'},
			cap: {type: 'string'},
			atCap: {type: 'string'},
			zone: {type: 'string'},
			probe: {
				type: 'boolean',
				default: true,
				instead: 'Write --no-probe, or leave it out.',
			},
			offline: {type: 'boolean', default: false},
			dryRun: {type: 'boolean', default: false},
			yes: {type: 'boolean', default: false},
		},
		async run(given) {
			const {init} = await import('./init.js');
			await init(given);
		},
	},
	stop: {
		flags: {},
		async run(given) {
			const {stop} = await import('./stop.js');
			await stop(given);
		},
	},
	status: {
		flags: {json: {type: 'boolean', default: false}},
		async run(given) {
			const {status} = await import('./status.js');
			await status(given);
		},
	},
	statusline: {
		flags: {},
		async run(given) {
			const {statusline} = await import('./statusline.js');
			await statusline(given);
		},
	},
	alias: {
		flags: {
			for: {type: 'string'},
			next: {type: 'string'},
			json: {type: 'boolean', default: false},
		},
		words: 1,
		async run(given) {
			const {alias} = await import('./alias.js');
			await alias(given);
		},
	},
	pause: {
		flags: {
			for: {type: 'string'},
			refuse: {type: 'boolean', default: false},
		},
		async run(given) {
			const {pause} = await import('./pause.js');
			await pause(given);
		},
	},
	resume: {
		flags: {},
		async run(given) {
			const {resume} = await import('./resume.js');
			await resume(given);
		},
	},
	cap: {
		flags: {json: {type: 'boolean', default: false}},
		words: 3,
		async run(given) {
			const {cap} = await import('./cap.js');
			await cap(given);
		},
	},
	key: {
		flags: {
			cap: {type: 'string'},
			tokens: {type: 'string'},
			json: {type: 'boolean', default: false},
		},
		words: 2,
		async run(given) {
			const {key} = await import('./key.js');
			await key(given);
		},
	},
	summary: {
		flags: {
			date: {type: 'string'},
			since: {type: 'string'},
			until: {type: 'string'},
			week: {
				type: 'boolean',
				default: false,
				instead:
					'Of another week write one of its days: --week --date 2026-10-01',
			},
			month: {
				type: 'boolean',
				default: false,
				instead:
					'Of another month write one of its days: --month --date 2026-10-01',
			},
			by: {type: 'string'},
			json: {type: 'boolean', default: false},
			csv: {type: 'boolean', default: false},
			markdown: {type: 'boolean', default: false},
			columns: {type: 'number'},
			ascii: {type: 'boolean', default: false},
		},
		async run(given) {
			const {summary} = await import('./summary.js');
			await summary(given);
		},
	},
	config: {
		flags: {
			json: {type: 'boolean', default: false},
			port: {type: 'number'},
		},
		words: 1,
		async run(given) {
			const {config} = await import('./config.js');
			await config(given);
		},
	},
	doctor: {
		flags: {
			key: {type: 'string'},
			model: {type: 'string'},
			free: {type: 'boolean', default: false},
			local: {type: 'boolean', default: false},
			json: {type: 'boolean', default: false},
			ascii: {type: 'boolean', default: false},
		},
		words: 1,
		async run(given) {
			const {doctor} = await import('./doctor.js');
			await doctor(given);
		},
	},
	log: {
		flags: {
			json: {type: 'boolean', default: false},
			since: {type: 'number'},
			olderThan: {type: 'string'},
		},
		words: 1,
		async run(given) {
			const {log} = await import('./log.js');
			await log(given);
		},
	},
	completion: {
		flags: {values: {type: 'string'}},
		words: 1,
		async run(given) {
			const {completion} = await import('./completion.js');
			await completion(given);
		},
	},
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;
