// Made by scripts/entries.mjs from the files beside it.
import type { Entry } from '../entry.ts'
import { entry as provider42School } from './42-school.ts'
import { entry as providerActon } from './acton.ts'
import { entry as providerAcuityscheduling } from './acuityscheduling.ts'
import { entry as providerAdfs } from './adfs.ts'
import { entry as providerAdobe } from './adobe.ts'
import { entry as providerAdobeSign } from './adobe-sign.ts'
import { entry as providerAha } from './aha.ts'
import { entry as providerAirtable } from './airtable.ts'
import { entry as providerAlchemer } from './alchemer.ts'
import { entry as providerAmazon } from './amazon.ts'
import { entry as providerAmocrm } from './amocrm.ts'
import { entry as providerAnilist } from './anilist.ts'
import { entry as providerApple } from './apple.ts'
import { entry as providerArcgis } from './arcgis.ts'
import { entry as providerAsana } from './asana.ts'
import { entry as providerAsgardeo } from './asgardeo.ts'
import { entry as providerAssembla } from './assembla.ts'
import { entry as providerAtlassian } from './atlassian.ts'
import { entry as providerAuth0 } from './auth0.ts'
import { entry as providerAuthentik } from './authentik.ts'
import { entry as providerAuthing } from './authing.ts'
import { entry as providerAutodesk } from './autodesk.ts'
import { entry as providerAweber } from './aweber.ts'
import { entry as providerAxosoft } from './axosoft.ts'
import { entry as providerAzureAdB2c } from './azure-ad-b2c.ts'
import { entry as providerAzureDevops } from './azure-devops.ts'
import { entry as providerBaidu } from './baidu.ts'
import { entry as providerBankidNo } from './bankid-no.ts'
import { entry as providerBasecamp } from './basecamp.ts'
import { entry as providerBattlenet } from './battlenet.ts'
import { entry as providerBeyondidentity } from './beyondidentity.ts'
import { entry as providerBitbucket } from './bitbucket.ts'
import { entry as providerBitly } from './bitly.ts'
import { entry as providerBox } from './box.ts'
import { entry as providerBoxyhqSaml } from './boxyhq-saml.ts'
import { entry as providerBuffer } from './buffer.ts'
import { entry as providerBungie } from './bungie.ts'
import { entry as providerCalendly } from './calendly.ts'
import { entry as providerCampaignMonitor } from './campaign-monitor.ts'
import { entry as providerCas } from './cas.ts'
import { entry as providerCilogon } from './cilogon.ts'
import { entry as providerClasslink } from './classlink.ts'
import { entry as providerClever } from './clever.ts'
import { entry as providerClickup } from './clickup.ts'
import { entry as providerClio } from './clio.ts'
import { entry as providerCognito } from './cognito.ts'
import { entry as providerCoinbase } from './coinbase.ts'
import { entry as providerConcept2 } from './concept2.ts'
import { entry as providerConcur } from './concur.ts'
import { entry as providerConstantContact } from './constant-contact.ts'
import { entry as providerCoursera } from './coursera.ts'
import { entry as providerCrossid } from './crossid.ts'
import { entry as providerDailymotion } from './dailymotion.ts'
import { entry as providerDeezer } from './deezer.ts'
import { entry as providerDelivery } from './delivery.ts'
import { entry as providerDeputy } from './deputy.ts'
import { entry as providerDescope } from './descope.ts'
import { entry as providerDeviantart } from './deviantart.ts'
import { entry as providerDigitalocean } from './digitalocean.ts'
import { entry as providerDingtalk } from './dingtalk.ts'
import { entry as providerDiscogs } from './discogs.ts'
import { entry as providerDiscord } from './discord.ts'
import { entry as providerDisqus } from './disqus.ts'
import { entry as providerDocusign } from './docusign.ts'
import { entry as providerDonationAlerts } from './donation-alerts.ts'
import { entry as providerDouban } from './douban.ts'
import { entry as providerDoximity } from './doximity.ts'
import { entry as providerDribbble } from './dribbble.ts'
import { entry as providerDrip } from './drip.ts'
import { entry as providerDropbox } from './dropbox.ts'
import { entry as providerDropboxSign } from './dropbox-sign.ts'
import { entry as providerDuendeIdentityserver } from './duende-identityserver.ts'
import { entry as providerEbay } from './ebay.ts'
import { entry as providerEcwid } from './ecwid.ts'
import { entry as providerEdx } from './edx.ts'
import { entry as providerEgnyte } from './egnyte.ts'
import { entry as providerEpicGames } from './epic-games.ts'
import { entry as providerEtsy } from './etsy.ts'
import { entry as providerEventbrite } from './eventbrite.ts'
import { entry as providerEveonline } from './eveonline.ts'
import { entry as providerEvernote } from './evernote.ts'
import { entry as providerExactOnline } from './exact-online.ts'
import { entry as providerExist } from './exist.ts'
import { entry as providerFacebook } from './facebook.ts'
import { entry as providerFaceit } from './faceit.ts'
import { entry as providerFamilysearch } from './familysearch.ts'
import { entry as providerFeedly } from './feedly.ts'
import { entry as providerFeideDataporten } from './feide-dataporten.ts'
import { entry as providerFeishu } from './feishu.ts'
import { entry as providerFigma } from './figma.ts'
import { entry as providerFitbit } from './fitbit.ts'
import { entry as providerFlickr } from './flickr.ts'
import { entry as providerFormstack } from './formstack.ts'
import { entry as providerFoursquare } from './foursquare.ts'
import { entry as providerFreeagent } from './freeagent.ts'
import { entry as providerFreelancer } from './freelancer.ts'
import { entry as providerFreshbooks } from './freshbooks.ts'
import { entry as providerFrontegg } from './frontegg.ts'
import { entry as providerFrontier } from './frontier.ts'
import { entry as providerFusionauth } from './fusionauth.ts'
import { entry as providerGarmin } from './garmin.ts'
import { entry as providerGarminOauth1 } from './garmin-oauth1.ts'
import { entry as providerGenius } from './genius.ts'
import { entry as providerGitbook } from './gitbook.ts'
import { entry as providerGitea } from './gitea.ts'
import { entry as providerGitee } from './gitee.ts'
import { entry as providerGithub } from './github.ts'
import { entry as providerGitlab } from './gitlab.ts'
import { entry as providerGlobus } from './globus.ts'
import { entry as providerGoogle } from './google.ts'
import { entry as providerGroove } from './groove.ts'
import { entry as providerGumroad } from './gumroad.ts'
import { entry as providerHarvest } from './harvest.ts'
import { entry as providerHeroku } from './heroku.ts'
import { entry as providerHootsuite } from './hootsuite.ts'
import { entry as providerHuawei } from './huawei.ts'
import { entry as providerHubspot } from './hubspot.ts'
import { entry as providerHuddle } from './huddle.ts'
import { entry as providerHuggingface } from './huggingface.ts'
import { entry as providerIbm } from './ibm.ts'
import { entry as providerIconfinder } from './iconfinder.ts'
import { entry as providerIdentityserver4 } from './identityserver4.ts'
import { entry as providerIdme } from './idme.ts'
import { entry as providerIdonethis } from './idonethis.ts'
import { entry as providerImgur } from './imgur.ts'
import { entry as providerInstagram } from './instagram.ts'
import { entry as providerJamendo } from './jamendo.ts'
import { entry as providerJumpcloud } from './jumpcloud.ts'
import { entry as providerJumplead } from './jumplead.ts'
import { entry as providerJupyterhub } from './jupyterhub.ts'
import { entry as providerKakao } from './kakao.ts'
import { entry as providerKeap } from './keap.ts'
import { entry as providerKeycloak } from './keycloak.ts'
import { entry as providerKick } from './kick.ts'
import { entry as providerKinde } from './kinde.ts'
import { entry as providerKook } from './kook.ts'
import { entry as providerKroger } from './kroger.ts'
import { entry as providerLark } from './lark.ts'
import { entry as providerLemonldap } from './lemonldap.ts'
import { entry as providerLichess } from './lichess.ts'
import { entry as providerLine } from './line.ts'
import { entry as providerLinear } from './linear.ts'
import { entry as providerLinkedin } from './linkedin.ts'
import { entry as providerLivechat } from './livechat.ts'
import { entry as providerLogingov } from './logingov.ts'
import { entry as providerLogto } from './logto.ts'
import { entry as providerLyft } from './lyft.ts'
import { entry as providerMailchimp } from './mailchimp.ts'
import { entry as providerMailcow } from './mailcow.ts'
import { entry as providerMailru } from './mailru.ts'
import { entry as providerMailup } from './mailup.ts'
import { entry as providerMailxpert } from './mailxpert.ts'
import { entry as providerMapmyfitness } from './mapmyfitness.ts'
import { entry as providerMastodon } from './mastodon.ts'
import { entry as providerMattermost } from './mattermost.ts'
import { entry as providerMedium } from './medium.ts'
import { entry as providerMeetup } from './meetup.ts'
import { entry as providerMendeley } from './mendeley.ts'
import { entry as providerMention } from './mention.ts'
import { entry as providerMercadoLibre } from './mercado-libre.ts'
import { entry as providerMercadoPago } from './mercado-pago.ts'
import { entry as providerMicrosoft } from './microsoft.ts'
import { entry as providerMiro } from './miro.ts'
import { entry as providerMixcloud } from './mixcloud.ts'
import { entry as providerMoxtra } from './moxtra.ts'
import { entry as providerMozillaAccounts } from './mozilla-accounts.ts'
import { entry as providerMusicbrainz } from './musicbrainz.ts'
import { entry as providerMyanimelist } from './myanimelist.ts'
import { entry as providerMyob } from './myob.ts'
import { entry as providerNaver } from './naver.ts'
import { entry as providerNetease } from './netease.ts'
import { entry as providerNetiq } from './netiq.ts'
import { entry as providerNetlify } from './netlify.ts'
import { entry as providerNetsuite } from './netsuite.ts'
import { entry as providerNextcloud } from './nextcloud.ts'
import { entry as providerNokotime } from './nokotime.ts'
import { entry as providerNotion } from './notion.ts'
import { entry as providerNylas } from './nylas.ts'
import { entry as providerOdnoklassniki } from './odnoklassniki.ts'
import { entry as providerOkta } from './okta.ts'
import { entry as providerOnelogin } from './onelogin.ts'
import { entry as providerOnshape } from './onshape.ts'
import { entry as providerOpenstreetmap } from './openstreetmap.ts'
import { entry as providerOptimizely } from './optimizely.ts'
import { entry as providerOrangeFrance } from './orange-france.ts'
import { entry as providerOrcid } from './orcid.ts'
import { entry as providerOryHydra } from './ory-hydra.ts'
import { entry as providerOsso } from './osso.ts'
import { entry as providerOsu } from './osu.ts'
import { entry as providerPatreon } from './patreon.ts'
import { entry as providerPaypal } from './paypal.ts'
import { entry as providerPhantauth } from './phantauth.ts'
import { entry as providerPingone } from './pingone.ts'
import { entry as providerPinterest } from './pinterest.ts'
import { entry as providerPipedrive } from './pipedrive.ts'
import { entry as providerPlurk } from './plurk.ts'
import { entry as providerPodio } from './podio.ts'
import { entry as providerPolar } from './polar.ts'
import { entry as providerProSanteConnect } from './pro-sante-connect.ts'
import { entry as providerProcore } from './procore.ts'
import { entry as providerProducthunt } from './producthunt.ts'
import { entry as providerProjectplace } from './projectplace.ts'
import { entry as providerProjectplaceOauth1 } from './projectplace-oauth1.ts'
import { entry as providerPushbullet } from './pushbullet.ts'
import { entry as providerQq } from './qq.ts'
import { entry as providerQuestrade } from './questrade.ts'
import { entry as providerQuickbooks } from './quickbooks.ts'
import { entry as providerRailway } from './railway.ts'
import { entry as providerRavelry } from './ravelry.ts'
import { entry as providerRedbooth } from './redbooth.ts'
import { entry as providerReddit } from './reddit.ts'
import { entry as providerRoblox } from './roblox.ts'
import { entry as providerRunkeeper } from './runkeeper.ts'
import { entry as providerSalesforce } from './salesforce.ts'
import { entry as providerSellsy } from './sellsy.ts'
import { entry as providerServicechannel } from './servicechannel.ts'
import { entry as providerSharefile } from './sharefile.ts'
import { entry as providerShikimori } from './shikimori.ts'
import { entry as providerShoeboxed } from './shoeboxed.ts'
import { entry as providerShopify } from './shopify.ts'
import { entry as providerSimplelogin } from './simplelogin.ts'
import { entry as providerSlack } from './slack.ts'
import { entry as providerSlackBot } from './slack-bot.ts'
import { entry as providerSlackOpenid } from './slack-openid.ts'
import { entry as providerSmartsheet } from './smartsheet.ts'
import { entry as providerSmugmug } from './smugmug.ts'
import { entry as providerSnapchat } from './snapchat.ts'
import { entry as providerSnowflake } from './snowflake.ts'
import { entry as providerSocialpilot } from './socialpilot.ts'
import { entry as providerSocrata } from './socrata.ts'
import { entry as providerSoundcloud } from './soundcloud.ts'
import { entry as providerSpotify } from './spotify.ts'
import { entry as providerSquare } from './square.ts'
import { entry as providerStackexchange } from './stackexchange.ts'
import { entry as providerStartGg } from './start-gg.ts'
import { entry as providerStocktwits } from './stocktwits.ts'
import { entry as providerStormz } from './stormz.ts'
import { entry as providerStoryblok } from './storyblok.ts'
import { entry as providerStrava } from './strava.ts'
import { entry as providerStreamlabs } from './streamlabs.ts'
import { entry as providerStripe } from './stripe.ts'
import { entry as providerSubscribestar } from './subscribestar.ts'
import { entry as providerSuperoffice } from './superoffice.ts'
import { entry as providerSurveymonkey } from './surveymonkey.ts'
import { entry as providerSurveysparrow } from './surveysparrow.ts'
import { entry as providerSynology } from './synology.ts'
import { entry as providerThingiverse } from './thingiverse.ts'
import { entry as providerThreads } from './threads.ts'
import { entry as providerTicketbud } from './ticketbud.ts'
import { entry as providerTidal } from './tidal.ts'
import { entry as providerTiktok } from './tiktok.ts'
import { entry as providerTiltify } from './tiltify.ts'
import { entry as providerTimely } from './timely.ts'
import { entry as providerTodoist } from './todoist.ts'
import { entry as providerTrainingpeaks } from './trainingpeaks.ts'
import { entry as providerTrakt } from './trakt.ts'
import { entry as providerTraxo } from './traxo.ts'
import { entry as providerTrello } from './trello.ts'
import { entry as providerTripit } from './tripit.ts'
import { entry as providerTrovo } from './trovo.ts'
import { entry as providerTrustpilot } from './trustpilot.ts'
import { entry as providerTumblr } from './tumblr.ts'
import { entry as providerTumblrOauth1 } from './tumblr-oauth1.ts'
import { entry as providerTwitch } from './twitch.ts'
import { entry as providerTypeform } from './typeform.ts'
import { entry as providerUber } from './uber.ts'
import { entry as providerUnbounce } from './unbounce.ts'
import { entry as providerUnderarmour } from './underarmour.ts'
import { entry as providerUnitedEffects } from './united-effects.ts'
import { entry as providerUnsplash } from './unsplash.ts'
import { entry as providerUntappd } from './untappd.ts'
import { entry as providerUpwork } from './upwork.ts'
import { entry as providerVend } from './vend.ts'
import { entry as providerVercel } from './vercel.ts'
import { entry as providerVerimi } from './verimi.ts'
import { entry as providerVerticalresponse } from './verticalresponse.ts'
import { entry as providerVimeo } from './vimeo.ts'
import { entry as providerVipps } from './vipps.ts'
import { entry as providerVk } from './vk.ts'
import { entry as providerWahoo } from './wahoo.ts'
import { entry as providerWebex } from './webex.ts'
import { entry as providerWechat } from './wechat.ts'
import { entry as providerWecom } from './wecom.ts'
import { entry as providerWeekdone } from './weekdone.ts'
import { entry as providerWeibo } from './weibo.ts'
import { entry as providerWikimedia } from './wikimedia.ts'
import { entry as providerWithings } from './withings.ts'
import { entry as providerWordpress } from './wordpress.ts'
import { entry as providerWorkos } from './workos.ts'
import { entry as providerWorldId } from './world-id.ts'
import { entry as providerWrike } from './wrike.ts'
import { entry as providerX } from './x.ts'
import { entry as providerXOauth1 } from './x-oauth1.ts'
import { entry as providerXaman } from './xaman.ts'
import { entry as providerXero } from './xero.ts'
import { entry as providerXing } from './xing.ts'
import { entry as providerYahoo } from './yahoo.ts'
import { entry as providerYammer } from './yammer.ts'
import { entry as providerYandex } from './yandex.ts'
import { entry as providerYnab } from './ynab.ts'
import { entry as providerZalo } from './zalo.ts'
import { entry as providerZendesk } from './zendesk.ts'
import { entry as providerZendeskSell } from './zendesk-sell.ts'
import { entry as providerZitadel } from './zitadel.ts'
import { entry as providerZoho } from './zoho.ts'
import { entry as providerZoom } from './zoom.ts'

/** Sorted by id. */
export const entries: readonly Entry[] = [
  provider42School,
  providerActon,
  providerAcuityscheduling,
  providerAdfs,
  providerAdobe,
  providerAdobeSign,
  providerAha,
  providerAirtable,
  providerAlchemer,
  providerAmazon,
  providerAmocrm,
  providerAnilist,
  providerApple,
  providerArcgis,
  providerAsana,
  providerAsgardeo,
  providerAssembla,
  providerAtlassian,
  providerAuth0,
  providerAuthentik,
  providerAuthing,
  providerAutodesk,
  providerAweber,
  providerAxosoft,
  providerAzureAdB2c,
  providerAzureDevops,
  providerBaidu,
  providerBankidNo,
  providerBasecamp,
  providerBattlenet,
  providerBeyondidentity,
  providerBitbucket,
  providerBitly,
  providerBox,
  providerBoxyhqSaml,
  providerBuffer,
  providerBungie,
  providerCalendly,
  providerCampaignMonitor,
  providerCas,
  providerCilogon,
  providerClasslink,
  providerClever,
  providerClickup,
  providerClio,
  providerCognito,
  providerCoinbase,
  providerConcept2,
  providerConcur,
  providerConstantContact,
  providerCoursera,
  providerCrossid,
  providerDailymotion,
  providerDeezer,
  providerDelivery,
  providerDeputy,
  providerDescope,
  providerDeviantart,
  providerDigitalocean,
  providerDingtalk,
  providerDiscogs,
  providerDiscord,
  providerDisqus,
  providerDocusign,
  providerDonationAlerts,
  providerDouban,
  providerDoximity,
  providerDribbble,
  providerDrip,
  providerDropbox,
  providerDropboxSign,
  providerDuendeIdentityserver,
  providerEbay,
  providerEcwid,
  providerEdx,
  providerEgnyte,
  providerEpicGames,
  providerEtsy,
  providerEventbrite,
  providerEveonline,
  providerEvernote,
  providerExactOnline,
  providerExist,
  providerFacebook,
  providerFaceit,
  providerFamilysearch,
  providerFeedly,
  providerFeideDataporten,
  providerFeishu,
  providerFigma,
  providerFitbit,
  providerFlickr,
  providerFormstack,
  providerFoursquare,
  providerFreeagent,
  providerFreelancer,
  providerFreshbooks,
  providerFrontegg,
  providerFrontier,
  providerFusionauth,
  providerGarmin,
  providerGarminOauth1,
  providerGenius,
  providerGitbook,
  providerGitea,
  providerGitee,
  providerGithub,
  providerGitlab,
  providerGlobus,
  providerGoogle,
  providerGroove,
  providerGumroad,
  providerHarvest,
  providerHeroku,
  providerHootsuite,
  providerHuawei,
  providerHubspot,
  providerHuddle,
  providerHuggingface,
  providerIbm,
  providerIconfinder,
  providerIdentityserver4,
  providerIdme,
  providerIdonethis,
  providerImgur,
  providerInstagram,
  providerJamendo,
  providerJumpcloud,
  providerJumplead,
  providerJupyterhub,
  providerKakao,
  providerKeap,
  providerKeycloak,
  providerKick,
  providerKinde,
  providerKook,
  providerKroger,
  providerLark,
  providerLemonldap,
  providerLichess,
  providerLine,
  providerLinear,
  providerLinkedin,
  providerLivechat,
  providerLogingov,
  providerLogto,
  providerLyft,
  providerMailchimp,
  providerMailcow,
  providerMailru,
  providerMailup,
  providerMailxpert,
  providerMapmyfitness,
  providerMastodon,
  providerMattermost,
  providerMedium,
  providerMeetup,
  providerMendeley,
  providerMention,
  providerMercadoLibre,
  providerMercadoPago,
  providerMicrosoft,
  providerMiro,
  providerMixcloud,
  providerMoxtra,
  providerMozillaAccounts,
  providerMusicbrainz,
  providerMyanimelist,
  providerMyob,
  providerNaver,
  providerNetease,
  providerNetiq,
  providerNetlify,
  providerNetsuite,
  providerNextcloud,
  providerNokotime,
  providerNotion,
  providerNylas,
  providerOdnoklassniki,
  providerOkta,
  providerOnelogin,
  providerOnshape,
  providerOpenstreetmap,
  providerOptimizely,
  providerOrangeFrance,
  providerOrcid,
  providerOryHydra,
  providerOsso,
  providerOsu,
  providerPatreon,
  providerPaypal,
  providerPhantauth,
  providerPingone,
  providerPinterest,
  providerPipedrive,
  providerPlurk,
  providerPodio,
  providerPolar,
  providerProSanteConnect,
  providerProcore,
  providerProducthunt,
  providerProjectplace,
  providerProjectplaceOauth1,
  providerPushbullet,
  providerQq,
  providerQuestrade,
  providerQuickbooks,
  providerRailway,
  providerRavelry,
  providerRedbooth,
  providerReddit,
  providerRoblox,
  providerRunkeeper,
  providerSalesforce,
  providerSellsy,
  providerServicechannel,
  providerSharefile,
  providerShikimori,
  providerShoeboxed,
  providerShopify,
  providerSimplelogin,
  providerSlack,
  providerSlackBot,
  providerSlackOpenid,
  providerSmartsheet,
  providerSmugmug,
  providerSnapchat,
  providerSnowflake,
  providerSocialpilot,
  providerSocrata,
  providerSoundcloud,
  providerSpotify,
  providerSquare,
  providerStackexchange,
  providerStartGg,
  providerStocktwits,
  providerStormz,
  providerStoryblok,
  providerStrava,
  providerStreamlabs,
  providerStripe,
  providerSubscribestar,
  providerSuperoffice,
  providerSurveymonkey,
  providerSurveysparrow,
  providerSynology,
  providerThingiverse,
  providerThreads,
  providerTicketbud,
  providerTidal,
  providerTiktok,
  providerTiltify,
  providerTimely,
  providerTodoist,
  providerTrainingpeaks,
  providerTrakt,
  providerTraxo,
  providerTrello,
  providerTripit,
  providerTrovo,
  providerTrustpilot,
  providerTumblr,
  providerTumblrOauth1,
  providerTwitch,
  providerTypeform,
  providerUber,
  providerUnbounce,
  providerUnderarmour,
  providerUnitedEffects,
  providerUnsplash,
  providerUntappd,
  providerUpwork,
  providerVend,
  providerVercel,
  providerVerimi,
  providerVerticalresponse,
  providerVimeo,
  providerVipps,
  providerVk,
  providerWahoo,
  providerWebex,
  providerWechat,
  providerWecom,
  providerWeekdone,
  providerWeibo,
  providerWikimedia,
  providerWithings,
  providerWordpress,
  providerWorkos,
  providerWorldId,
  providerWrike,
  providerX,
  providerXOauth1,
  providerXaman,
  providerXero,
  providerXing,
  providerYahoo,
  providerYammer,
  providerYandex,
  providerYnab,
  providerZalo,
  providerZendesk,
  providerZendeskSell,
  providerZitadel,
  providerZoho,
  providerZoom,
]
