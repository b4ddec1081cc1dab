import fs from 'node:fs';

/**
Which passthrough a run has started, kept in the home: the last run of it stops that one and no other.
*/
export type Started = Readonly<{
	isOurs(instance: string): boolean;
	keep(instance: string): void;
	forget(): void;
}>;

export const startedIn = (file: string): Started => ({
	isOurs(instance) {
		try {
			return fs.readFileSync(file, 'utf8') === instance;
		} catch {
			// None was.
			return false;
		}
	},
	keep(instance) {
		fs.writeFileSync(file, instance, {mode: 0o600});
	},
	forget() {
		fs.rmSync(file, {force: true});
	},
});
