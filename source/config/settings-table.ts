import type {Setting} from './setting.js';
import {sections, sectionTitle} from './settings.js';

/**
All settings as Markdown, a table for each section.
*/
export function settingsTable(): string {
	const names = Object.keys(sections) as Array<keyof typeof sections>;
	return names.map((name) => sectionTable(name)).join('\n');
}

function sectionTable(name: keyof typeof sections): string {
	const rows = Object.values<Setting>(sections[name].settings).map((setting) =>
		row(setting),
	);
	return [
		`### \`${sectionTitle(name)}\``,
		'',
		'| setting | may be | default | what it does |',
		'| --- | --- | --- | --- |',
		...rows,
		'',
	].join('\n');
}

function row(setting: Setting): string {
	const cells = [
		`\`${setting.name}\``,
		setting.kind.allowed,
		defaultText(setting),
		setting.help,
	];
	return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function defaultText({presence}: Setting): string {
	switch (presence.kind) {
		case 'required': {
			return 'required';
		}

		case 'default': {
			return `\`${JSON.stringify(presence.value)}\``;
		}

		case 'derived': {
			return presence.words;
		}
	}
}
