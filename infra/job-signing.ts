/**
 * Jobs are signed: the private key is a secret of the functions that send jobs; its public half is no secret, and is
 * told to the workers.
 */
import { publicKeyOf } from "../packages/core/src/review/job-signature.ts";

export const signingKey = new sst.Secret("JobSigningKey");

export const publicKeys = $util.unsecret(signingKey.value.apply(publicKeyOf));
