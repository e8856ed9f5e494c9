/** What messages to people need: the secret that keeps endpoints, and where there are any, a mail server and VAPID keys. */
import { config } from "./config.ts";

/** `npx sst secret set DeliverySecret "$(openssl rand -hex 32)"`. Changing it makes every endpoint unreadable. */
export const deliverySecret = new sst.Secret("DeliverySecret");

/** Set by the operator where there is a mail server: SES has SMTP credentials, each provider its own. */
const smtpUrl = config.MAIL_FROM === undefined ? undefined : new sst.Secret("SmtpUrl");
const vapidPrivateKey = config.VAPID_PUBLIC_KEY === undefined ? undefined : new sst.Secret("VapidPrivateKey");

export const mail: Record<string, $util.Input<string>> = smtpUrl && config.MAIL_FROM !== undefined
  ? { SMTP_URL: smtpUrl.value, MAIL_FROM: config.MAIL_FROM }
  : {};

export const telling: Record<string, $util.Input<string>> = {
  ...mail,
  ...(vapidPrivateKey && config.VAPID_PUBLIC_KEY !== undefined && config.VAPID_SUBJECT !== undefined
    ? {
        VAPID_PUBLIC_KEY: config.VAPID_PUBLIC_KEY,
        VAPID_PRIVATE_KEY: vapidPrivateKey.value,
        VAPID_SUBJECT: config.VAPID_SUBJECT,
      }
    : {}),
};
