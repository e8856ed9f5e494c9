/**
 * The last migration of the release before. Functions of that release go on serving while the tables of this one are made,
 * and while its own functions take their place: `node deploy/prepare-database.ts` comes first, `sst deploy` second. With a
 * release, this becomes the newest migration.
 */
export const releasedThrough = "0027_enrolment_and_billing";
