import type { OidcProblem } from '#protocol/oidc.ts';
import type { ClientErrorCode } from '../lesson/session.ts';

/** Codes that only pages know, beside the protocol's and the session's. */
export type PageErrorCode =
  | ClientErrorCode
  | OidcProblem
  | 'DEVICES_DENIED'
  | 'SIGNED_OUT'
  | 'SIGNED_OUT_ELSEWHERE'
  | 'PASSWORD_CHANGED'
  | 'BAD_REPLY'
  | 'PLAYBACK_FAILED'
  | 'SCREEN_UNSUPPORTED'
  | 'WINDOW_BLOCKED';

/**
 * What a person reads for each code: what happened, what it means for the lesson, what to do now.
 * The code itself follows as small print.
 */
export const ERROR_WORDS: Record<PageErrorCode, { zh: string; en: string }> = {
  BAD_REQUEST: {
    zh: '平台没有看懂这次操作，什么也没有改变。请重新打开页面再试。',
    en: 'The platform did not understand this request, so nothing has changed. Reload the page and try again.',
  },
  AUDIT_FAILED: {
    zh: '平台现在记不了操作日志，所以这次操作没有做，什么也没有改变。请联系系统管理员检查数据库，然后再试。',
    en: 'The platform cannot write its audit just now, so this was not done and nothing has changed. Ask whoever runs the platform to look at the database, then try again.',
  },
  FIELDS: {
    zh: '有几处填得不对，旁边写着怎么改。改好再保存。',
    en: 'Some fields are not right; beside each it says why. Mend them and save again.',
  },
  NOT_SIGNED_IN: {
    zh: '登录已经结束。请重新登录，课还在继续。',
    en: 'Your sign-in has expired. Sign in again; the lesson goes on meanwhile.',
  },
  SIGN_IN_WRONG: {
    zh: '用户名或密码不对，还没有登录。请核对后再输一次；忘了密码请找学校管理员要一个重设链接。',
    en: 'Login or password is wrong, so you are not signed in. Check both; if you forgot the password, ask your administrator for a link to set a new one.',
  },
  SIGN_IN_LOCKED: {
    zh: '输错的次数太多，现在暂时不能再试。请过一会儿再登录，或请管理员给你一个重设密码的链接。',
    en: 'There were too many wrong attempts, so signing in has to wait a while. Try again later, or ask your administrator for a link.',
  },
  SECOND_FACTOR_NEEDED: {
    zh: '登录还差一步：请先完成二次验证，然后才能继续。',
    en: 'One step is missing: finish your second factor, then go on.',
  },
  NEW_PASSWORD_NEEDED: {
    zh: '登录还差一步：请先设一个新密码，然后才能继续。',
    en: 'One step is missing: set a new password, then go on.',
  },
  SESSION_ENDED: {
    zh: '这次登录已经结束（可能在别处退出，或密码已修改），所以这里也退出了。重新登录就能继续。',
    en: 'This sign-in has ended (signed out elsewhere, or the password was changed), so this page is closed too. Sign in again to go on.',
  },
  SIGNED_OUT: {
    zh: '你已经在这台电脑的另一个窗口退出登录，所以这里也退出了。重新登录就能继续。',
    en: 'You signed out in another window of this computer, so this page is closed too. Sign in again to go on.',
  },
  SIGNED_OUT_ELSEWHERE: {
    zh: '这次登录已经在别处结束（你自己或管理员退出了它），所以这里也退出了。重新登录就能继续。',
    en: 'This sign-in was ended elsewhere, by you or an administrator, so this page is closed too. Sign in again to go on.',
  },
  PASSWORD_CHANGED: {
    zh: '这个账号的密码刚刚改过，所以这里退出了。请用新密码重新登录；如果不是你改的，请马上联系学校管理员。',
    en: 'The password of this account was just changed, so this page is closed. Sign in with the new one; if it was not you, tell your administrator at once.',
  },
  ACCOUNT_DISABLED: {
    zh: '这个账号已被停用，所以已经退出。如有疑问，请联系学校管理员。',
    en: 'This account was switched off, so you are signed out. Ask your administrator if that is a mistake.',
  },
  RIGHTS_CHANGED: {
    zh: '你的身份或权限刚刚有变化，所以这个页面不再有效。重新打开就能以新的身份继续。',
    en: 'Your role or rights have just changed, so this page no longer holds. Open it again to go on in your new role.',
  },
  LINK_INVALID: {
    zh: '这个链接已经用过、过期，或者没有复制完整，所以不能用了。请向管理员再要一个。',
    en: 'This link has been used, has expired or was not copied whole, so it does not work. Ask your administrator for a new one.',
  },
  PASSKEY_WRONG: {
    zh: '这台设备上的通行密钥没有通过验证，还没有登录。请换用密码登录。',
    en: 'That passkey was not accepted, so you are not signed in. Use your password instead.',
  },
  FORBIDDEN: {
    zh: '你现在的身份不能进入或不能这样做，什么也没有改变。如果应该可以，请联系这节课的老师或管理员。',
    en: 'In your present role you may not open or do this, so nothing has changed. If you should, ask the teacher or your administrator.',
  },
  IN_USE: {
    zh: '还有别的内容依赖它，所以没有改变。请先处理下面列出的内容，再试一次。',
    en: 'Other things depend on it, so nothing has changed. Deal with what is listed first, then try again.',
  },
  OIDC_AWAY: {
    zh: '统一登录的系统现在没有回应，所以还没有登录。请过几分钟再试，或者用账号和密码登录。',
    en: 'The other sign-in system does not answer, so you are not signed in. Try again in a few minutes, or use your login and password.',
  },
  OIDC_REFUSED: {
    zh: '登录在对方的系统里取消了，什么也没有改变。要登录，请再点一次，并在那边点同意。',
    en: 'Signing in was cancelled at the other system, so nothing has changed. To sign in, try again and agree there.',
  },
  OIDC_EXPIRED: {
    zh: '离开得太久，或者换了浏览器，这次登录作废了。请从这里重新登录。',
    en: 'It took too long, or it was another browser, so this sign-in no longer counts. Start again from here.',
  },
  OIDC_NO_ACCOUNT: {
    zh: '对方的系统认识你，但这个平台里还没有你的账号。请学校管理员先录入你；已有账号的，先用密码登录，再在“我的账号”里连上。',
    en: 'The other system knows you, but you have no account here yet. Ask your school’s administrator to add you; if you have one, sign in with your password and link the two on your own page.',
  },
  OIDC_UNVERIFIED: {
    zh: '对方的系统还没有核实你的邮箱或手机号，所以不能用它认出你的账号。请先在那边核实，或者用密码登录。',
    en: 'The other system has not verified your address or phone number, so your account cannot be found by it. Verify it there first, or sign in with your password.',
  },
  OIDC_AMBIGUOUS: {
    zh: '这里有几个账号和你的信息相同，分不清是哪一个，所以没有登录。请管理员核对工号或用户名。',
    en: 'Several accounts here match what the other system says of you, so you are not signed in. Ask your administrator to check their numbers and logins.',
  },
  OIDC_DISABLED: {
    zh: '你在这里的账号已经停用，所以不能登录。如果不应该停用，请联系学校管理员。',
    en: 'Your account here is switched off, so you cannot sign in. If it should not be, ask your school’s administrator.',
  },
  OIDC_TAKEN: {
    zh: '这个身份已经连着另一个账号，或者这个账号已经连着别的身份，所以没有改变。请管理员核对是不是同一个人。',
    en: 'This identity belongs to another account, or this account to another identity, so nothing has changed. Ask your administrator whether both are one person.',
  },
  OIDC_FAILED: {
    zh: '统一登录没有成功：对方的回答不对，你还没有登录。请用密码登录，并告诉管理员检查统一登录的设置。',
    en: 'Signing in through the other system failed: its answer was not right, so you are not signed in. Use your password, and tell your administrator to check its settings.',
  },
  PROVIDER_AWAY: {
    zh: '统一登录的系统现在没有回应，所以还没有连上。请过几分钟再试；一直不行，请告诉管理员。',
    en: 'The other sign-in system does not answer, so nothing was linked. Try again in a few minutes; if it stays so, tell your administrator.',
  },
  PAIRING_WRONG: {
    zh: '这个号码不对，或者已经过期、用过了，教室还没有连上。请核对后再输，或请管理员重新打开一个号码。',
    en: 'That code is wrong, has run out or was used already, so the room is not connected yet. Check it, or ask the administrator for a new one.',
  },
  PASSWORD_NEEDED: {
    zh: '这个资源要输入密码才能看。请输入学校给你的密码。',
    en: 'This resource is opened with a password. Enter the one your school gave you.',
  },
  PASSWORD_WRONG: {
    zh: '密码不对，还不能看。请核对大小写再输一次，或向给你密码的人确认。',
    en: 'That is not the password, so it stays closed. Check capitals and try again, or ask whoever gave it to you.',
  },
  REVIEW_NEEDED: {
    zh: '这个资源还没有审核到可以这样公开的程度，所以没有发布。请缩小公开范围，或等教育局审核。',
    en: 'This has not been reviewed for so wide an audience, so it was not published. Choose a narrower one, or wait for the bureau.',
  },
  NOT_STREAMED: {
    zh: '这节课现在没有对外直播：可能还没开始、已经下课，或被老师停止。请稍后再来看看。',
    en: 'This lesson is not streamed now: it may not have begun, may be over, or was stopped. Look again later.',
  },
  BAD_ORIGIN: {
    zh: '这个地址不被平台认可，所以操作没有完成。请用管理员给的地址打开。',
    en: 'The platform does not accept requests from this address. Open it at the address your administrator gave you.',
  },
  NOT_FOUND: {
    zh: '没有找到要看的内容：它可能已经移走，或者不归你管。请返回上一页重新选择。',
    en: 'This is not here: it may have been moved, or is not yours to see. Go back and choose again.',
  },
  LESSON_CANCELLED: {
    zh: '这节课已经取消，不能进入。原因写在课表里；如有疑问，请联系学校排课的老师。',
    en: 'This lesson was cancelled and cannot be opened. The reason is in the timetable; ask the school if in doubt.',
  },
  NOT_JOINED: {
    zh: '你已经不在这个课堂里，刚才的操作没有完成。请重新打开页面进入。',
    en: 'You are no longer in this lesson, so that did not work. Reload the page to come back in.',
  },
  WRONG_STATE: {
    zh: '现在不能这样做：情况已经变了（例如课还没开门，或者已经下课）。请重新打开页面看看。',
    en: 'That cannot be done now: things have changed (a lesson is not open yet, or is over already). Open the page again and look.',
  },
  SEAT_TAKEN: {
    zh: '这个身份正在另一台设备上上课。要换到这里，请点“在这里继续”。',
    en: 'You are in this lesson on another device. Choose “Continue here” to move it to this one.',
  },
  CLASHES: {
    zh: '那个时间有人或教室已经有课，所以还没有保存。',
    en: 'Somebody or some room has another lesson then, so it is not saved yet.',
  },
  OVERTAKEN: {
    zh: '另一位老师刚刚改动过，以那边为准。请看一眼现在的状态，需要的话再点一次。',
    en: 'Another teacher has just changed this, and that change stands. Look again, and press once more if you still want to.',
  },
  CLASS_PAUSED: {
    zh: '老师暂停了课堂，现在不能操作。请等老师继续。',
    en: 'The teacher has paused the class. Wait until it goes on.',
  },
  SWITCHED_OFF: {
    zh: '老师没有打开这项功能。需要的话，请举手告诉老师。',
    en: 'The teacher has switched this off. Raise a hand if you need it.',
  },
  ADDRESS_EXPIRED: {
    zh: '这个播放地址已经过期。请回到回放页面重新打开，地址会自动更新。',
    en: 'This address has run out. Open the replay page again; it renews the address by itself.',
  },
  SENSITIVE_WORD: {
    zh: '这句话里有不能发的词，所以没有发出去。请换个说法再发。',
    en: 'There is a word in it that may not be sent here, so nobody has seen it. Put it another way.',
  },
  MUTED: {
    zh: '老师暂时不让你发言，这句话没有发出去。有急事请举手。',
    en: 'The teacher does not let you write for now, so this was not sent. Raise a hand if it is urgent.',
  },
  SLOW_MODE: {
    zh: '发得太快了，这句话还没有发出去。请按提示等几秒再发。',
    en: 'Too soon after your last message, so this was not sent yet. Wait the seconds shown, then send it again.',
  },
  REMOVED: {
    zh: '老师已把你移出这节课。如果是误操作，请联系老师重新允许进入。',
    en: 'The teacher has removed you from this lesson. If that was a mistake, ask the teacher to let you back in.',
  },
  NOT_READY: {
    zh: '内容还没有准备好，马上就来。请稍等几秒再试。',
    en: 'This is not ready yet. Wait a few seconds and try again.',
  },
  MEDIA_GONE: {
    zh: '画面的来源刚刚停了，课还在。平台正在重新接上，不用操作。',
    en: 'A picture stopped at its source; the lesson goes on. We are reconnecting it, no need to do anything.',
  },
  TOO_LARGE: {
    zh: '内容太大，平台没有收下。请换一个小一些的。',
    en: 'That is too large, and was not accepted. Try something smaller.',
  },
  UNSUPPORTED_MEDIA: {
    zh: '这台设备的视频格式平台不支持，别人看不到这路画面。请换用新版的 Chrome 或 Edge 浏览器。',
    en: "This device's video format isn't supported, so nobody sees this picture. Use a current Chrome or Edge.",
  },
  FILE_TOO_LARGE: {
    zh: '这个文件太大，没有上传。请压缩一下图片，或者把课件分成几份再传。',
    en: 'This file is too large and was not uploaded. Compress its pictures, or split it into parts.',
  },
  FILE_TOO_MANY_PAGES: {
    zh: '这份课件页数太多，没有放上板书。请只留这节课要用的几页再传。',
    en: 'This document has too many pages and was not put on the board. Keep the pages for this lesson and upload it again.',
  },
  FILE_TYPE: {
    zh: '这种文件放不上板书。请换成 PDF、PPTX、图片（PNG、JPG、WebP）或短视频（MP4、WebM）。',
    en: 'This kind of file cannot be shown on the board. Use PDF, PPTX, pictures (PNG, JPG, WebP) or short clips (MP4, WebM).',
  },
  FILE_SVG: {
    zh: 'SVG 文件里可以藏程序，所以没有收下。请另存为 PNG 图片再传。',
    en: 'SVG files can carry programs, so this one was not accepted. Save it as a PNG picture and upload that.',
  },
  FILE_UNREADABLE: {
    zh: '这个文件打不开，可能已经损坏或者没有传完。请在电脑上打开看看，重新保存后再传。',
    en: 'This file cannot be opened; it may be damaged or incomplete. Open it on your computer, save it again and upload it once more.',
  },
  CAPTION_UNREADABLE: {
    zh: '这不是能用的字幕文件。请选 WebVTT（.vtt）或 SRT（.srt）文件；如果是别的格式，请先在剪辑软件里导出成这两种之一。',
    en: 'This is no caption file that can be used. Choose a WebVTT (.vtt) or SRT (.srt) file, or export one from your editing program first.',
  },
  CAPTION_TOO_LARGE: {
    zh: '字幕太大：最多 2 MB、10000 条。请检查是不是选错了文件，或者把字幕分成几节课。',
    en: 'These captions are too large: at most 2 MB and 10,000 lines. Check that it is the right file, or split it by lesson.',
  },
  FILE_LOCKED: {
    zh: '这个 PDF 设了密码，平台打不开。请去掉密码再传。',
    en: 'This PDF has a password and cannot be shown. Remove the password and upload it again.',
  },
  FILE_BOMB: {
    zh: '这个文件解开以后大得不正常，为了安全没有收下。请用 PPT 重新保存一份再传。',
    en: 'This file grows abnormally large when opened and was refused for safety. Save it anew in PowerPoint and upload that.',
  },
  CLIP_TOO_LONG: {
    zh: '这段视频太长，没有放上板书。请剪成一分钟以内的片段再传。',
    en: 'This clip is too long for the board. Cut it to less than a minute and upload it again.',
  },
  LIBRARY_FILE_TYPE: {
    zh: '资源库不收这种文件。请上传视频、音频、PDF、PPTX 或图片（PNG、JPG、WebP）。',
    en: 'The library does not take this kind of file. Upload video, sound, PDF, PPTX or pictures (PNG, JPG, WebP).',
  },
  LIBRARY_FILE_TOO_LARGE: {
    zh: '这个文件超过了资源库的大小上限，没有上传。请降低视频的清晰度，或者剪成几段再传。',
    en: 'This file is larger than the library takes, so it was not uploaded. Export the film at a lower quality, or cut it into parts.',
  },
  FILE_PLAYLIST: {
    zh: '这不是视频，而是一份播放列表，里面只写着别处的地址，所以没有收下。请上传视频文件本身。',
    en: 'This is not a film but a playlist that only names other places, so it was not taken. Upload the film itself.',
  },
  FILE_EMPTY: {
    zh: '这个文件是空的，里面什么也没有。请重新导出或重新拷贝，再上传一次。',
    en: 'This file is empty. Export or copy it again, then upload it once more.',
  },
  FILE_TRUNCATED: {
    zh: '这段视频不完整，后面缺了一截，多半是拷贝或下载时中断了。请重新拷贝完整的文件再传。',
    en: 'The end of this film is missing; most likely copying or downloading it broke off. Copy the whole file again, then upload it.',
  },
  FILE_CHANGED: {
    zh: '收到的内容和电脑上的文件对不上，没有收下。请确认文件没有正在被改动，再传一次。',
    en: 'What arrived is not what was on your computer, so it was not taken. Make sure nothing is changing the file, then upload it again.',
  },
  FILM_EMPTY: {
    zh: '这个文件里既没有画面也没有声音，没有收下。请检查导出设置，再上传一次。',
    en: 'There is neither picture nor sound in this film. Check how it was exported, then upload it again.',
  },
  FILM_TOO_LONG: {
    zh: '这段视频太长了，没有收下。请剪成几段，一段一段地上传。',
    en: 'This film is too long. Cut it into parts and upload them one by one.',
  },
  FILM_PICTURE_TOO_LARGE: {
    zh: '这段视频的画面太大（例如 8K），学校的服务器处理不了。请导出成 4K 或 1080p 再传。',
    en: 'The picture of this film is too large (8K, for example) for a school server. Export it as 4K or 1080p and upload that.',
  },
  FILM_CONVERSION_FAILED: {
    zh: '这段视频没能转换成网页可播放的格式，原文件还在。请再试一次，或者导出成 MP4（H.264）再传。',
    en: 'This film could not be made playable; the original is kept. Try again, or export it as MP4 (H.264) and upload that.',
  },
  NO_FFMPEG: {
    zh: '这台服务器没有安装 ffmpeg，收不了视频。请联系管理员安装，或者先上传 PDF 和图片。',
    en: 'This server has no ffmpeg, so it cannot take films. Ask your administrator to install it; PDFs and pictures still work.',
  },
  TEXT_TOO_LONG: {
    zh: '有一项文字太长，没有保存。标题最多 120 字，简介最多 2000 字，请改短后再保存。',
    en: 'One of the texts is too long, so nothing was saved. A title has at most 120 characters, a description 2,000; shorten it and save again.',
  },
  XML_UNSAFE: {
    zh: '这份元数据里有 DTD 或实体定义，可能带来危险，所以没有读取。请去掉 DOCTYPE 部分再导入。',
    en: 'This metadata holds a DTD or entities, which can do harm, so it was not read. Remove the DOCTYPE part and import it again.',
  },
  METADATA_UNREADABLE: {
    zh: '这份元数据读不懂，可能不是支持的格式，或者内容损坏了。请按文档里的字段表检查后再导入。',
    en: 'This metadata cannot be understood: it may be damaged or in another format. Check it against the table in the documentation, then import it again.',
  },
  PACKAGE_UNREADABLE: {
    zh: '这个资源包打不开：可能不完整，或者缺少 manifest.json。请重新导出资源包，再上传一次。',
    en: 'This package cannot be opened: it may be incomplete or lack its manifest.json. Export it again, then upload it.',
  },
  NO_OFFICE: {
    zh: '这台服务器没有安装 LibreOffice，不能直接放 PPTX。请在 PPT 里“另存为 PDF”，再上传这个 PDF。',
    en: 'This server has no LibreOffice, so PPTX cannot be shown directly. Save it as PDF in PowerPoint and upload the PDF.',
  },
  CONVERSION_FAILED: {
    zh: '这份 PPTX 没能转成页面，板书不受影响。请在 PPT 里“另存为 PDF”，再上传这个 PDF。',
    en: 'This PPTX could not be made into pages; the board is not affected. Save it as PDF in PowerPoint and upload the PDF.',
  },
  STORAGE_FULL: {
    zh: '服务器的硬盘满了，文件没有存下，课照常上。请管理员腾出空间后再传。',
    en: 'The server disk is full and the file was not kept; the lesson goes on. Ask your administrator to free space, then upload again.',
  },
  TOO_MANY_REQUESTS: {
    zh: '操作得太快了，平台请你歇几秒。课不受影响，稍后再试。',
    en: 'That was too fast. The lesson is not affected; try again in a few seconds.',
  },
  INTERNAL: {
    zh: '平台出了问题，这次操作没有完成。请再试一次；如果还是不行，请告诉管理员。',
    en: 'Something went wrong on the platform and that did not work. Try again; if it persists, tell your administrator.',
  },
  NODE_ERROR: {
    zh: '媒体服务出了问题，画面可能会停一下。平台正在恢复，请稍等。',
    en: 'A media server had a problem, and the picture may pause. We are recovering it, please wait.',
  },
  NO_MEDIA_NODE: {
    zh: '现在没有可用的媒体服务，画面和声音还传不了。平台恢复后会自动接上；超过一分钟请告诉管理员。',
    en: 'No media server is available, so pictures and sound cannot flow yet. They return by themselves; if it takes over a minute, tell your administrator.',
  },
  NO_RECORDER: {
    zh: '录制服务没有响应，课照常上，但这一段可能没有录下来。请告诉管理员。',
    en: 'The recorder is not answering. The lesson goes on, but this part may not be recorded. Tell your administrator.',
  },
  NODE_TIMEOUT: {
    zh: '媒体服务没有及时回应，这次操作没有完成。请再试一次。',
    en: 'A media server did not answer in time and that did not work. Try again.',
  },
  RECORDING_OFF: {
    zh: '这节课设为不录制，所以没有开始录。要录的话，先把它改成“手动录制”再点开始。',
    en: 'This lesson is set not to be recorded, so nothing was started. Set it to “by hand” first, then start.',
  },
  RECORDING_DISK_FULL: {
    zh: '录制的硬盘满了，课照常上，但现在没有在录。请管理员腾出空间，之后会自动继续录。',
    en: 'The recording disk is full. The lesson goes on but is not being recorded. Ask your administrator to free space; recording resumes by itself.',
  },
  INSECURE_PAGE: {
    zh: '这个页面不是安全地址（https），浏览器不给摄像头和话筒。请用 https 地址重新打开。',
    en: 'This page is not at a secure (https) address, so the browser gives no camera or microphone. Open it at its https address.',
  },
  CAMERA_DENIED: {
    zh: '浏览器没有允许使用摄像头，别的教室看不到你。请点地址栏左边的图标，允许摄像头。',
    en: 'The browser blocks the camera, so other rooms cannot see you. Allow it at the icon left of the address.',
  },
  CAMERA_MISSING: {
    zh: '没有找到摄像头，别的教室看不到你。请检查摄像头有没有插好。',
    en: 'No camera was found, so other rooms cannot see you. Check that it is plugged in.',
  },
  CAMERA_BUSY: {
    zh: '摄像头正被别的程序占用，别的教室看不到你。请关掉那个程序，再点“摄像头”。',
    en: 'Another program is using the camera, so other rooms cannot see you. Close it, then press “Camera”.',
  },
  MIC_DENIED: {
    zh: '浏览器没有允许使用话筒，别的教室听不到你。请点地址栏左边的图标，允许话筒。',
    en: 'The browser blocks the microphone, so other rooms cannot hear you. Allow it at the icon left of the address.',
  },
  DEVICES_DENIED: {
    zh: '浏览器没有允许使用摄像头和话筒，别的教室看不到也听不到你。请点地址栏左边的图标，允许这两项。',
    en: 'The browser blocks camera and microphone, so other rooms neither see nor hear you. Allow both at the icon left of the address.',
  },
  MIC_MISSING: {
    zh: '没有找到话筒，别的教室听不到你。请检查话筒有没有插好。',
    en: 'No microphone was found, so other rooms cannot hear you. Check that it is plugged in.',
  },
  DATABASE_AWAY: {
    zh: '平台的数据库正在重新启动，已经保存的内容都还在。请稍等几秒再试。',
    en: 'The platform’s database is starting again; everything saved is still there. Wait a few seconds and try again.',
  },
  EXPORT_FAILED: {
    zh: '导出没有成功，录像本身没有受影响。请点“重试”；再不成功，请告诉管理员。',
    en: 'The export did not succeed; the recording itself is unharmed. Press “Try again”, and tell the administrator if it fails once more.',
  },
  EXPORT_EMPTY: {
    zh: '要导出的这一段里没有画面，也没有声音。请改一下剪辑，或者换一路画面导出。',
    en: 'There is no picture and no sound in what is to be exported. Change the edit, or export another feed.',
  },
  JOB_CRASHED: {
    zh: '这项任务几次都中途停了，已经不再自动重试。请稍后点“重试”；再不成功，请告诉管理员。',
    en: 'This task stopped in the middle several times and is no longer retried by itself. Press “Try again” later, and tell the administrator if it fails once more.',
  },
  MIC_BUSY: {
    zh: '话筒正被别的程序占用，别的教室听不到你。请关掉那个程序，再点“话筒”。',
    en: 'Another program is using the microphone, so other rooms cannot hear you. Close it, then press “Mic”.',
  },
  SCREEN_DENIED: {
    zh: '没有选择要共享的屏幕，同学们还看着原来的画面。要共享请再点一次“共享屏幕”。',
    en: 'No screen was chosen, so the class still sees the same picture. Press “Share screen” to try again.',
  },
  SCREEN_UNSUPPORTED: {
    zh: '这台设备的浏览器不能共享屏幕，同学们还看着原来的画面。请换用电脑上的 Chrome 或 Edge。',
    en: 'This browser cannot share the screen, so the class still sees the same picture. Use Chrome or Edge on a computer.',
  },
  NETWORK: {
    zh: '连不上平台，内容可能不是最新的。请检查网线或 Wi-Fi,连上后会自动恢复。',
    en: 'The platform cannot be reached, so this may be out of date. Check the cable or Wi-Fi; it recovers by itself.',
  },
  BAD_REPLY: {
    zh: '平台的回答和这个页面的版本不一致。请重新打开页面，取得新版本。',
    en: 'The platform and this page are of different versions. Reload the page to get the new one.',
  },
  PLAYBACK_FAILED: {
    zh: '这台设备放不出这段画面。请再试一次，或者换用新版的 Chrome 或 Edge。',
    en: 'This device cannot play this picture. Try again, or use a current Chrome or Edge.',
  },
  WINDOW_BLOCKED: {
    zh: '浏览器拦住了新窗口。请允许本页弹出窗口，再点一次“第二屏”。',
    en: 'The browser blocked the new window. Allow pop-ups for this page, then press “Second screen” again.',
  },
};
