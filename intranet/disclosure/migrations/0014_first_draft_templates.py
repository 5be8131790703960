"""The first templates of drafts: what the catalogue asks of each category, and how such a matter is told.

The office changes them as it likes. They are in Chinese, the language of record; the words between ⟦ and ⟧ are for the
author and keep a draft from being submitted as long as they stand.
"""

import json
import uuid

from django.db import migrations


def head(text):
    return ("heading", text)


def text(*paragraphs):
    return ("paragraph", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def points(*items):
    return ("paragraph", "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")


def table(caption, header, *rows):
    return (
        "table",
        {
            "data": [list(header), *(list(row) for row in rows)],
            "cell": [],
            "mergeCells": [],
            "table_caption": caption,
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        },
    )


def article(number, words):
    return ("article", {"number": number, "text": f"<p>{words}</p>"})


OBJECTIONS = text("公示期为⟦几⟧个工作日，自⟦起始日⟧至⟦截止日⟧。对公示内容有异议的，请在公示期内署真实姓名向⟦科室⟧反映，电话⟦电话⟧。")

# category, type, title, summary, body, texts of the type's own fields
TEMPLATES = [
    ("E1", "notice", "⟦单位名称⟧机构设置、主要职责和联系方式", "⟦一句话：设哪些科室、各管什么、怎么联系⟧",
     [text("⟦单位名称、主管什么、由谁领导⟧"),
      head("内设机构"),
      table("内设机构、职责和电话", ("机构", "主要职责", "负责人", "电话"),
            ("⟦机构名称⟧", "⟦主要职责⟧", "⟦姓名⟧", "⟦区号和号码⟧")),
      head("办公地点和时间"), text("地址：⟦路、门牌号、楼层⟧", "办公时间：⟦冬季、夏季分别写明⟧")], {}),
    ("E2", "regulation", "⟦规范性文件全称⟧", "⟦一句话：管什么事、对谁有影响⟧",
     [text("⟦制定目的和依据：法律、法规的名称和条款⟧"),
      head("总则"), article("第一条", "⟦目的和依据⟧"), article("第二条", "⟦适用范围⟧"),
      head("附则"), article("第三条", "本办法自⟦施行日期⟧起施行，有效期⟦几⟧年。⟦废止的旧文件名称和文号，没有的删去本句⟧")],
     {"issuing_organ": "⟦发文机关⟧"}),
    ("E2", "notice", "关于⟦事由⟧的通知", "⟦一句话：要谁在什么时候以前做什么⟧",
     [text("⟦主送单位⟧：", "⟦依据和目的⟧，现将有关事项通知如下。"),
      head("工作要求"), points("⟦事项、责任单位、完成日期⟧"),
      head("联系方式"), text("联系人：⟦姓名⟧，电话：⟦区号和号码⟧")], {}),
    ("E3", "plan", "⟦年份⟧年⟦工作名称⟧计划", "⟦一句话：今年要办成哪几件事⟧",
     [head("目标"), points("⟦目标、衡量标准、完成日期⟧"),
      head("主要任务"), points("⟦任务、责任科室、完成日期⟧"),
      head("保障措施"), text("⟦组织、经费、督查⟧")], {}),
    ("E3", "report", "⟦年份⟧年⟦期间⟧⟦工作名称⟧完成情况", "⟦一句话：完成了多少、哪些没有完成⟧",
     [head("完成情况"), text("⟦对照计划逐项写明完成情况⟧"),
      head("没有完成的事项"), points("⟦事项、原因、补救的日期⟧"),
      head("下一步安排"), text("⟦安排和时间⟧")], {}),
    ("E4", "guide", "⟦事项名称⟧办事指南", "⟦一句话：谁可以办、几个工作日办好、收不收费⟧",
     [head("办理结果查询"), text("⟦在哪里、凭什么查询⟧"), head("常见问题"), text("⟦申请人常问的问题和答复，没有的删去本节⟧")],
     {"legal_basis": "⟦法律、法规的名称和条款⟧",
      "conditions": "⟦逐条写明条件，不写“其他”“有关”“相关”⟧",
      "fee_text": "⟦收费标准和依据；不收费的写“不收费”⟧",
      "result_text": "⟦证照或者批复的名称、有效期、送达方式⟧",
      "place": "⟦地址、窗口号⟧", "hours": "⟦办公时间⟧", "phone": "⟦电话⟧", "complaint": "⟦投诉电话和受理部门⟧"}),
    ("E4", "result", "⟦期间⟧⟦许可名称⟧办理结果", "⟦一句话：许可了多少家、不予许可多少家⟧",
     [table("办理结果", ("申请单位", "许可证编号", "有效期", "结果"),
            ("⟦单位全称⟧", "⟦编号⟧", "⟦起止日期⟧", "⟦准予或者不予，不予的写明理由⟧"))],
     {"basis": "⟦法律、法规的名称和条款⟧", "relief": "⟦复议机关、诉讼法院和各自的期限⟧"}),
    ("E5", "report", "⟦年份⟧年⟦资金名称⟧分配和使用情况", "⟦一句话：一共多少、分给谁、用了多少、还剩多少⟧",
     [text("⟦资金来源、下达文号、总额⟧"),
      head("分配的依据和程序"), text("⟦管理办法名称和文号、评审、公示、集体研究的日期⟧"),
      head("结余"), text("⟦结余金额、原因和去向；没有结余的写明⟧"),
      head("监督"), text("监督电话：⟦电话⟧，受理部门：⟦科室⟧")], {}),
    ("E6", "result", "⟦当事人⟧⟦案由⟧行政处罚决定", "⟦一句话：谁因为什么受到什么处罚⟧",
     [head("违法事实"), text("⟦时间、地点、事实、证据；自然人姓名隐去⟧"),
      head("处罚决定"), text("⟦决定的种类和内容⟧"),
      head("履行"), text("⟦履行方式和期限⟧")],
     {"party": "⟦单位全称；自然人如：李*⟧", "basis": "⟦法律名称和条款⟧",
      "relief": "⟦六十日内向哪个机关申请复议，六个月内向哪个法院起诉⟧"}),
    ("E7", "notice", "⟦服务事项⟧便民措施和服务承诺", "⟦一句话：承诺什么、做不到找谁⟧",
     [head("便民措施"), points("⟦措施、在哪里、什么时候⟧"),
      head("服务承诺"), points("⟦承诺的内容和期限⟧"),
      head("监督"), text("⟦监督部门⟧，电话⟦电话⟧，⟦几⟧个工作日内答复。")], {}),
    ("E8", "notice", "政务公开工作机构和监督部门的名称、联系方式", "⟦一句话：申请公开找谁、投诉找谁⟧",
     [table("工作机构和监督部门", ("部门", "负责什么", "地址", "电话", "电子邮箱", "办公时间"),
            ("⟦部门名称⟧", "⟦职责⟧", "⟦地址⟧", "⟦电话⟧", "⟦邮箱⟧", "⟦时间⟧"))], {}),
    ("E9", "notice", "⟦收费项目⟧收费公示", "⟦一句话：收什么、收多少、依据是什么⟧",
     [table("收费项目和标准", ("收费项目", "收费标准", "计费单位", "收费依据", "收费单位"),
            ("⟦项目⟧", "⟦金额（元）⟧", "⟦单位⟧", "⟦文件名称、文号、条款⟧", "⟦科室⟧")),
      head("减免"), text("⟦谁可以减免、怎样申请；没有减免的写明⟧"),
      head("监督"), text("⟦收费单位监督电话、价格主管部门投诉电话12315⟧")], {}),
    ("E10", "result", "⟦地点⟧“⟦月·日⟧”⟦事故类别⟧事故责任追究结果", "⟦一句话：什么事故、谁受到什么处理⟧",
     [head("事故经过"), text("⟦时间、地点、经过、伤亡⟧"),
      head("原因"), text("⟦直接原因、间接原因⟧"),
      head("责任认定和处理"), text("⟦单位和人员的责任、处理决定、依据；自然人姓名隐去⟧"),
      head("整改"), points("⟦整改措施、责任单位、完成日期⟧")],
     {"basis": "⟦法律、法规的名称和条款⟧"}),
    ("N1", "report", "⟦期间⟧领导干部廉洁自律情况", "⟦一句话：报告了哪些事项、有没有问题⟧",
     [head("个人有关事项报告"), text("⟦应报告人数、已报告人数⟧"),
      head("监督检查"), text("⟦检查的内容、次数、发现的问题⟧"),
      head("整改"), points("⟦问题、措施、完成日期⟧")], {}),
    ("N2", "report", "⟦年份⟧年⟦月份⟧月会议和监督制度执行情况", "⟦一句话：开了几次会、定了什么事、落实得怎样⟧",
     [table("会议情况", ("日期", "会议", "议定事项", "落实情况"),
            ("⟦日期⟧", "⟦会议名称⟧", "⟦议定事项⟧", "⟦已落实或者预计日期⟧")),
      head("监督制度执行"), text("⟦检查了什么、发现什么、怎样处理⟧")], {}),
    ("N3", "report", "⟦年份⟧年⟦季度⟧季度信访办理情况", "⟦一句话：收到多少件、办结多少件⟧",
     [table("信访办理情况", ("类别", "收到", "受理", "办结", "办理中"),
            ("⟦来信、来访、电话、网上⟧", "⟦件数⟧", "⟦件数⟧", "⟦件数⟧", "⟦件数⟧")),
      head("反映的主要问题"), points("⟦问题和处理结果；不写信访人身份⟧")], {}),
    ("N4", "notice", "⟦拟任职务或者先进称号⟧公示", "⟦一句话：拟任用或者推荐谁、公示到哪天⟧",
     [text("根据⟦条例或者办法名称和条款⟧，经⟦程序和日期⟧，现将⟦几⟧名⟦人选⟧公示如下。"),
      head("公示时间和反映意见的方式"), OBJECTIONS],
     {"objection_channel": "⟦科室、电话、地址、邮箱⟧"}),
    ("N4", "result", "关于⟦姓名⟧等⟦几⟧名同志⟦任职或者表彰⟧的决定", "⟦一句话：公示期满，决定是什么、自哪天起⟧",
     [text("《⟦公示名称⟧》于⟦起始日⟧至⟦截止日⟧公示，公示期已满。"),
      head("公示期内的意见"), text("⟦收到几条意见、核查结果；没有收到的写明⟧"),
      head("决定"), points("⟦姓名、职务或者称号、起算日期⟧")], {"basis": "⟦条例或者办法名称和条款⟧"}),
    ("N5", "result", "⟦年份⟧年度考核和奖惩结果", "⟦一句话：参加考核多少人、各等次多少人⟧",
     [head("考核的依据和程序"), text("⟦办法名称和文号、民主测评和研究的日期⟧"),
      head("结果"), text("⟦各等次人数和奖励标准见表，优秀等次名单⟧"),
      head("申请复核"), text("⟦几日内向谁申请⟧")], {}),
    ("N6", "notice", "⟦科室⟧岗位分工", "⟦一句话：调整了什么、自哪天起⟧",
     [table("岗位分工", ("岗位", "姓名", "职责", "外出时由谁代办"),
            ("⟦岗位⟧", "⟦姓名⟧", "⟦职责⟧", "⟦姓名⟧")),
      text("以上分工自⟦日期⟧起执行。")], {}),
    ("N7", "report", "⟦年份⟧年⟦季度⟧季度财务收支情况", "⟦一句话：收入、支出各多少，超预算的有没有⟧",
     [text("⟦期间、口径、数据来源⟧"),
      head("主要变动"), points("⟦科目、增减金额、原因⟧"),
      head("重大支出"), text("⟦事项、金额、集体研究的日期；没有的写明⟧")], {}),
    ("N8", "report", "⟦年份⟧年⟦期间⟧⟦资金名称⟧管理使用情况", "⟦一句话：下达多少、支出多少、执行率⟧",
     [text("⟦资金来源、下达文号、总额⟧"), head("管理措施"), text("⟦制度、专账、验收⟧"),
      head("检查和整改"), text("⟦审计或者检查发现的问题和整改；没有的写明⟧")], {}),
    ("N9", "report", "⟦年份⟧年⟦月份⟧月公务用车运行情况", "⟦一句话：几辆车、跑了多少公里、花了多少钱⟧",
     [text("⟦油价和数据来源⟧"),
      head("用车情况"), text("⟦车次和用途；节假日封存和值守用车⟧"),
      head("维修和保险"), text("⟦维修、保险的车辆和原因；没有的写明⟧")], {}),
    ("N10", "notice", "关于⟦事由⟧的通知", "⟦一句话：什么事、要谁做什么⟧",
     [text("⟦依据和目的⟧"), head("事项"), points("⟦事项、责任人、日期⟧"),
      head("联系方式"), text("联系人：⟦姓名⟧，电话：⟦分机号⟧")], {}),
]  # fmt: skip


def ship(apps, schema_editor):
    Category = apps.get_model("disclosure", "Category")
    DraftTemplate = apps.get_model("disclosure", "DraftTemplate")
    TemplateText = apps.get_model("disclosure", "TemplateText")
    categories = {category.code: category for category in Category.objects.all()}
    for code, type_code, title, summary, body, texts in TEMPLATES:
        if code not in categories:
            continue
        blocks = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in body]
        template = DraftTemplate.objects.create(
            category=categories[code],
            type_code=type_code,
            title=title,
            summary=summary,
            body=json.dumps(blocks, ensure_ascii=False),
        )
        for place, (field, words) in enumerate(texts.items()):
            TemplateText.objects.create(template=template, field=field, text=words, sort_order=place)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0013_draft_templates")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
