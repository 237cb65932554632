/* quote_words_en.c -- English: who says what, by which words.
 *
 * The percentages are how often a form outside quotes is a cue of saying in
 * political news; the first names are the frequent ones of the news.
 */
#include "indexer/enrich/quote_words_tables.h"

const struct quote_group quote_words_en[] = {
    { QW_SAY, 94, "said says" },
    { QW_SAY, 72, "say" },
    { QW_CUE, 90, "told tells noted insisted replied wrote joked stated "
      "remarked quipped opined clarified observed testified mused" },
    { QW_CUE, 82, "added suggested argued explained assured conceded lamented "
      "exclaimed asserted admits argues insist argue contends contended "
      "retorted countered" },
    { QW_CUE, 70, "tweeted responded declared acknowledged warned recalled "
      "complained indicated admitted predicted concluded claimed reported "
      "writes warns notes adds explains asserts declares boasted chanted "
      "judged reiterated emphasized emphasised stressed reminded wondered" },
    { QW_CUE, 55, "asked asks announced agreed revealed continued confirmed "
      "vowed suggests acknowledge insists predicts predict indicates alleged "
      "cautioned repeated disclosed interjected shouted yelled "
      "answered maintained maintains recounted tell elaborated advised "
      "announces claims concludes admit warn signaled estimated hinted "
      "underlined underscored recommended apologized" },
    { QW_CUE | QW_DENY, 55, "denied denies deny refuted refutes rejected" },
    { QW_ING | QW_DENY, 60, "denying" },
    { QW_CUE, 45, "pledged promised reports suggest agree agrees posted read "
      "reads note claim went_on mentioned continues" },
    { QW_WEAK, 50, "believes believed believe thinks thought think hopes hoped "
      "fears feared pointed_out points_out made_clear makes_clear showed shows "
      "show found finds learned ruled indicate estimates proposed means "
      "told_reporters" },
    { QW_ING | QW_SAY, 80, "saying" },
    { QW_ING, 80, "adding noting arguing claiming insisting declaring "
      "warning suggesting explaining telling acknowledging predicting vowing "
      "writing tweeting stating asserting pledging promising alleging "
      "pointing_out stressing complaining conceding joking reiterating "
      "revealing recalling reminding announcing admitting asking" },
    { QW_OBJECT, 60, "called calls described describes slammed blasted "
      "criticized criticised denounced condemned dismissed praised accused "
      "labeled labelled dubbed mocked decried blamed urged branded derided "
      "hailed welcomed referred_to" },
    { QW_OBJECT | QW_ING, 60, "calling describing slamming blasting "
      "denouncing condemning dismissing praising accusing labeling mocking "
      "decrying blaming urging hailing" },
    { QW_ACC, 93, "according_to in_the_words_of" },
    { QW_THAT, 0, "that if whether how why what" },
    { QW_HE | QW_PRON, 0, "he he's he'd he'll" },
    { QW_SHE | QW_PRON, 0, "she she's she'd she'll" },
    { QW_PRON, 0, "they we i you they're we're i'm i've they've we've you're" },
    { QW_PRON | QW_NOBODY, 0, "it it's there this that which there's that's" },
    { QW_WHO, 0, "who" },
    { QW_DET, 0, "the a an one some many other two three several another most "
      "at_least at_most more_than fewer_than less_than "
      "both these those each every any no few all" },
    { QW_DET | QW_HIS, 0, "his their her my our its your" },
    { QW_PREP, 0, "of for from at in with to on by about after before during "
      "into over under against through between among since until without "
      "within as via like than near despite amid toward towards around "
      "following including because per" },
    { QW_CONJ, 0, "and but or so yet nor" },
    { QW_AUX, 0, "has have had would will did does do may might can could "
      "didn't doesn't hasn't haven't hadn't" },
    { QW_TIME, 0, "also later then once previously repeatedly often still now "
      "first again even simply just publicly not never always himself herself "
      "long already only sometimes reportedly falsely further wrongly "
      "correctly finally initially themselves itself soon eventually instead "
      "twice both merely largely generally" },
    { QW_BE, 0, "is was are were been being be am isn't wasn't" },
    { QW_FINITE, 0, "went came became began took made gave got left kept held "
      "met ran won lost led drew fell rose grew sent spent spoke stood sat "
      "felt saw knew brought bought sought fought caught taught built broke "
      "chose drove flew forgot hid heard hit hurt laid lay let meant paid put "
      "quit rode sang sank shook shot shut slept sold stuck struck swore threw "
      "wore withdrew needs wants plans seems looks makes takes gives goes "
      "comes remains includes must should shall ought can't won't isn't "
      "aren't wasn't weren't couldn't wouldn't shouldn't don't gets keeps "
      "faces puts runs works" },
    { QW_TITLE | QW_MALE | QW_ABBREV, 0, "mr" },
    { QW_TITLE | QW_FEMALE | QW_ABBREV, 0, "mrs ms miss" },
    { QW_TITLE | QW_ABBREV, 0, "dr sen rep gov gen lt col sgt prof rev sens "
      "reps maj capt adm atty hon" },
    { QW_TITLE, 0, "president secretary senator governor congressman "
      "congresswoman representative minister chairman chairwoman speaker "
      "mayor judge justice director chief king queen prince pope prime "
      "foreign ambassador professor general colonel chancellor premier "
      "candidate nominee spokesman spokeswoman spokesperson strategist "
      "manager adviser aide analyst attorney leader" },
    { QW_ABBREV, 0, "st jr sr vs jan feb aug sept oct nov dec no inc corp co "
      "ave calif mass conn fla ill pa va md ga ky ala ariz wis mich minn tenn "
      "ind okla ore colo tex wash" },
    { QW_ROLE, 0, "officials spokesman spokeswoman spokesperson analysts "
      "experts aides advisers critics supporters sources people lawmakers "
      "leaders voters authorities police prosecutors investigators "
      "researchers poll polls documents records report reports campaign "
      "economists traders scientists observers witnesses residents doctors "
      "republicans democrats organizers protesters diplomats historians "
      "advocates activists reporters media lawyers percent majority half third "
      "quarter official analyst expert aide advisor advisors critic supporter "
      "source lawmaker voter prosecutor investigator researcher economist "
      "strategists strategist operatives operative consultant consultants "
      "pollster pollsters scholar scholars lawyer attorney attorneys senators "
      "congressmen governors mayors ministers diplomat activist protester "
      "opponent opponents proponents allies backers rivals foes conservatives "
      "liberals progressives environmentalists agencies firefighters medics "
      "regulators executives executive employees workers parents students "
      "teachers neighbors relatives friends colleagues insiders veterans "
      "soldiers commanders militants rebels villagers survivors participants "
      "delegates respondents americans democrat republican historian columnist "
      "columnists commentators pundits aides staffers staffer donors" },
    { QW_ORG, 0, "university house senate court party department committee "
      "news times post street state states city county america congress "
      "washington york hampshire carolina iowa republican democratic "
      "democrats republicans gop fox cnn msnbc nbc abc cbs tower white "
      "institute center association council fund foundation campaign union "
      "russia ukraine china europe asia africa israel iran russian american "
      "french german british chinese european christmas" },
    { QW_ORG | QW_TIME, 0, "monday tuesday wednesday thursday friday saturday "
      "sunday january february march april june july august september october "
      "november december" },
    { QW_TIME, 0, "yesterday today tomorrow last this earlier late early "
      "recently tuesday's" },
    { QW_START, 0, "in on at during after when while as but and asked if for "
      "with before since last by later earlier speaking because although "
      "though despite once under following" },
    { QW_START | QW_NOBODY, 0, "though although even_though whereas while "
      "compared" },
    { QW_LINK, 0, "de van von bin al del der da di la le du ibn ben el" },
    { QW_MALE, 0, "donald barack bill bernie ted marco ben jeb john mike paul "
      "chris tim rand jim james robert michael david william richard joseph "
      "thomas charles daniel matthew mark steven george kenneth kevin brian "
      "edward ronald jason jeff ryan jacob gary eric stephen larry scott "
      "frank greg rick sean steve tom joe dan peter mitch harry newt rush "
      "glenn lindsey corey roger khizr vladimir tony alan adam josh matt nick "
      "rob ron sam todd brad bob chuck keith patrick jerry dennis anthony vin "
      "reince rudy sergei sergey dmitry emmanuel boris alexei recep antonio "
      "volodymyr olaf jens josep viktor xi narendra rishi pedro yevgeny" },
    { QW_FEMALE, 0, "hillary mary patricia jennifer linda elizabeth barbara "
      "susan jessica sarah karen nancy lisa margaret sandra ashley kimberly "
      "emily donna michelle carol amanda melissa deborah debbie stephanie "
      "rebecca laura sharon cynthia kathleen amy angela anna ruth brenda "
      "nicole katherine samantha christine emma catherine kellyanne carly "
      "megyn melania ivanka huma chelsea jill nikki kelly katie heidi jane "
      "hope tina rachel maria juanita loretta dana jeanne claire tammy joni "
      "susana cheryl ursula annalena sanna kaja christine janet theresa liz" },
    { QW_OPEN, 0, "he she they it there we i you his her their its the a an "
      "this these those some many no in on at if when as because people most "
      "all our my any one even nobody everyone he's she's it's they're i'm" },
    { 0, 0, NULL },
};
