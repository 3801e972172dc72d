package when

import "strings"

// monthTable holds the months of the calendar in the languages that news is
// read in: twelve a line, in lower case, in the cases that dates use, with the
// usual short forms behind strokes. Words of one name are joined by "_". Of two
// meanings of a name the first holds: "listopada" is November, as in Polish and
// Czech, and not the October of Croatian.
var monthTable = [...]string{
	/* English    */ "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec",
	/* German     */ "januar/jänner/jän februar/feber märz/maerz/mär/mrz april mai juni juli august september oktober/okt november dezember/dez",
	/* Luxembourg */ "januar februar/feb mäerz/mäe abrëll/abr mee juni juli august september oktober november dezember",
	/* Dutch      */ "januari februari maart/mrt april mei juni juli augustus september oktober november december",
	/* Afrikaans  */ "januarie februarie maart april mei junie julie augustus september oktober november desember/des",
	/* Danish     */ "januar februar marts april maj juni juli august september oktober november december",
	/* Norwegian  */ "januar februar mars april mai juni juli august september oktober november desember/des",
	/* Swedish    */ "januari februari mars april maj juni juli augusti september oktober november december",
	/* Icelandic  */ "janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september október/okt nóvember/nóv desember/des",
	/* French     */ "janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc",
	/* Spanish    */ "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic",
	/* Catalan    */ "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
	/* Galician   */ "xaneiro/xan febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
	/* Basque     */ "urtarrilaren/urtarrilak otsailaren/otsailak martxoaren/martxoak apirilaren/apirilak maiatzaren/maiatzak ekainaren/ekainak uztailaren/uztailak abuztuaren/abuztuak irailaren/irailak urriaren/urriak azaroaren/azaroak abenduaren/abenduak",
	/* Portuguese */ "janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez",
	/* Italian    */ "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre ottobre/ott novembre dicembre",
	/* Romanian   */ "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie",
	/* Albanian   */ "janar shkurt/shk mars prill/pri maj qershor/qer korrik/kor gusht/gush shtator/sht tetor/tet nëntor/nën dhjetor/dhj",
	/* Polish     */ "stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru",
	/* Czech      */ "ledna/leden února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě června/červen/čvn července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj listopadu/listopad prosince/prosinec",
	/* Slovak     */ "januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august septembra októbra/október novembra decembra",
	/* Slovene    */ "januarja/januar februarja/februar marca/marec aprila maja junija/junij julija/julij avgusta/avgust/avg septembra oktobra/oktober novembra decembra",
	/* Croatian   */ "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan oct studenoga/studenog/studeni prosinca/prosinac",
	/* Serbian    */ "januar februar mart april maj jun jul avgust/avg septembar oktobar novembar decembar",
	/* Hungarian  */ "január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus szeptember/szept október november december",
	/* Turkish    */ "ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara",
	/* Azerbaijan */ "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	/* Uzbek      */ "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
	/* Finnish    */ "tammikuuta/tammikuu/tammi helmikuuta/helmikuu/helmi maaliskuuta/maaliskuu/maalis huhtikuuta/huhtikuu/huhti toukokuuta/toukokuu/touko kesäkuuta/kesäkuu/kesä heinäkuuta/heinäkuu/heinä elokuuta/elokuu/elo syyskuuta/syyskuu/syys lokakuuta/lokakuu/loka marraskuuta/marraskuu/marras joulukuuta/joulukuu/joulu",
	/* Estonian   */ "jaanuar/jaan veebruar/veebr märts aprill mai juuni juuli august september oktoober november/nov detsember/dets",
	/* Latvian    */ "janvāris/janvārī/janv februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā/jūn jūlijs/jūlijā/jūl augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
	/* Lithuanian */ "sausio/saus vasario kovo balandžio gegužės/geg birželio/birž liepos rugpjūčio/rugp rugsėjo/rugs spalio/spal lapkričio/lapkr gruodžio/gruod",
	/* Indonesian */ "januari februari maret april mei juni juli agustus/agt/agu september oktober november/nop desember",
	/* Malay      */ "januari februari/feb mac april mei jun julai/jul ogos/ogo september oktober november disember/dis",
	/* Filipino   */ "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
	/* Vietnamese */ "tháng_1/tháng_một/thg_1 tháng_2/tháng_hai/thg_2 tháng_3/tháng_ba/thg_3 tháng_4/tháng_tư/thg_4 tháng_5/tháng_năm/thg_5 tháng_6/tháng_sáu/thg_6 tháng_7/tháng_bảy/thg_7 tháng_8/tháng_tám/thg_8 tháng_9/tháng_chín/thg_9 tháng_10/tháng_mười/thg_10 tháng_11/thg_11 tháng_12/thg_12",
	/* Swahili    */ "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
	/* Welsh      */ "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
	/* Irish      */ "eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa meán_fómhair deireadh_fómhair samhain nollaig",
	/* Xhosa      */ "janyuwari februwari matshi epreli meyi juni julayi agasti septemba okthobha novemba disemba",
	/* Zulu       */ "januwari februwari mashi ephreli meyi juni julayi agasti septhemba okthoba novemba disemba",
	/* Somali     */ "janaayo febraayo maarso abriil maajo juun luulyo agoosto sebtembar oktoobar nofembar diseembar",
	/* Russian    */ "января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек",
	/* Ukrainian  */ "січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт травня/травень/трав червня/червень/черв липня/липень/лип серпня/серпень/серп вересня/вересень/вер жовтня/жовтень/жовт листопада/листопад/лист грудня/грудень/груд",
	/* Belarusian */ "студзеня лютага сакавіка красавіка мая/траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
	/* Bulgarian  */ "януари/ян февруари март април май юни юли август септември октомври ноември декември",
	/* Serbian    */ "јануар/јан фебруар/феб март/мар април/апр мај јун јул август/авг септембар/сеп октобар/окт новембар/нов децембар/дец",
	/* Macedonian */ "јануари февруари март април мај јуни јули август септември октомври ноември декември",
	/* Kazakh     */ "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
	/* Greek      */ "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ μαΐου/μάιος/μαΐ/μαϊ ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε/νοεμ δεκεμβρίου/δεκέμβριος/δεκ",
	/* Georgian   */ "იანვარი/იანვარს/იან თებერვალი/თებერვალს/თებ მარტი/მარტს/მარ აპრილი/აპრილს/აპრ მაისი/მაისს/მაი ივნისი/ივნისს/ივნ ივლისი/ივლისს/ივლ აგვისტო/აგვისტოს/აგვ სექტემბერი/სექტემბერს/სექ ოქტომბერი/ოქტომბერს/ოქტ ნოემბერი/ნოემბერს/ნოე დეკემბერი/დეკემბერს/დეკ",
	/* Armenian   */ "հունվարի/հունվար փետրվարի/փետրվար մարտի/մարտ ապրիլի/ապրիլ մայիսի/մայիս հունիսի/հունիս հուլիսի/հուլիս օգոստոսի/օգոստոս սեպտեմբերի/սեպտեմբեր հոկտեմբերի/հոկտեմբեր նոյեմբերի/նոյեմբեր դեկտեմբերի/դեկտեմբեր",
	/* Hebrew     */ "ינואר/בינואר פברואר/בפברואר מרץ/מרס/במרץ/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
	/* Arabic     */ "يناير/كانون_الثاني/جانفي فبراير/شباط/فيفري مارس/اذار ابريل/نيسان/افريل مايو/ايار/ماي يونيو/يونيه/حزيران/جوان يوليو/يوليه/يوليوز/تموز/جويلية اغسطس/اب/اوت/غشت سبتمبر/ايلول/شتنبر اكتوبر/تشرين_الاول نوفمبر/تشرين_الثاني/نونبر ديسمبر/كانون_الاول/دجنبر",
	/* Persian    */ "ژانویه فوریه مارس آوریل/اوریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
	/* Urdu       */ "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
	/* Kurdish    */ "کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەمموز ئاب ئەیلوول تشرینی_یەکەم تشرینی_دووەم کانوونی_یەکەم",
	/* Hindi      */ "जनवरी/जन फरवरी/फ़रवरी/फर मार्च अप्रैल मई जून जुलाई अगस्त/अग सितंबर/सितम्बर/सितं अक्टूबर/अक्तूबर/अक्टू नवंबर/नवम्बर/नवं दिसंबर/दिसम्बर/दिसं",
	/* Marathi    */ "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
	/* Bengali    */ "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
	/* Gujarati   */ "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
	/* Punjabi    */ "ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
	/* Tamil      */ "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
	/* Telugu     */ "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై/జూలై ఆగస్టు/ఆగస్ట్ సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
	/* Kannada    */ "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
	/* Malayalam  */ "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ്/മെയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ",
	/* Sinhala    */ "ජනවාරි පෙබරවාරි මාර්තු අප්රේල් මැයි ජුනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්",
	/* Thai       */ "มกราคม/มค กุมภาพันธ์/กพ มีนาคม/มีค เมษายน/เมย พฤษภาคม/พค มิถุนายน/มิย กรกฎาคม/กค สิงหาคม/สค กันยายน/กย ตุลาคม/ตค พฤศจิกายน/พย ธันวาคม/ธค",
	/* Khmer      */ "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
	/* Lao        */ "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
	/* Burmese    */ "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
}

// persianMonths are the months of the Solar Hijri calendar, as Persians, Dari
// speakers and Pashto speakers call them.
var persianMonths = [...]string{
	"فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان/ابان آذر دی بهمن اسفند",
	"حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
	"وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
}

// monthNames and persianMonthNames number the months by [monthKey].
var (
	monthNames        = numberMonths(monthTable[:])
	persianMonthNames = numberMonths(persianMonths[:])
)

// monthHeads holds the first words of the months whose names have two.
var monthHeads = func() map[string]bool {
	heads := map[string]bool{}
	for name := range monthNames {
		if head, _, two := strings.Cut(name, "_"); two {
			heads[head] = true
		}
	}
	return heads
}()

func numberMonths(lines []string) map[string]int {
	names := make(map[string]int, 20*len(lines))
	for _, line := range lines {
		for i, month := range strings.Fields(line) {
			for name := range strings.SplitSeq(month, "/") {
				if name = monthKey(name); names[name] == 0 {
					names[name] = i + 1
				}
			}
		}
	}
	return names
}

// arabicForms writes the letters of the Arabic script that are typed in several
// ways in one of them.
var arabicForms = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ى", "ی", "ي", "ی", "ك", "ک", "ّ", "", "َ", "", "ُ", "", "ِ", "", "ْ", "", "ٓ", "", "ٔ", "")

// monthKey is the form under which a month's name is looked up.
func monthKey(word string) string {
	word = strings.ReplaceAll(word, "\u200d", "")
	if word != "" && word[0] >= 0xd8 && word[0] <= 0xdb {
		return arabicForms.Replace(word)
	}
	return word
}
